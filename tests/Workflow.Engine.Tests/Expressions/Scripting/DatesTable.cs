namespace Workflow.Engine.Tests.Expressions.Scripting;

/// <summary>Scripts on dates, and what Node 20 gives for each; "!" marks an error.</summary>
internal static class DatesTable
{
    public static readonly TheoryData<string, string> Rows = new()
    {
        { "new Date(0)", "\"1970-01-01T00:00:00.000Z\"" },
        { "new Date(2024, 0, 15, 10, 30)", "\"2024-01-15T10:30:00.000Z\"" },
        { "new Date(2024, 0)", "\"2024-01-01T00:00:00.000Z\"" },
        { "[new Date('2024-01-15').getTime(), new Date('2024-01-15T10:00').getTime(), new Date('2024-01-15T10:00:00Z').getTime(), new Date('2024-01-15T10:00:00.123+02:00').getTime(), new Date('2024-01').getTime(), new Date('2024').getTime()]", "[1705276800000,1705312800000,1705312800000,1705305600123,1704067200000,1704067200000]" },
        { "[new Date('Jan 15, 2024').getTime(), new Date('15 January 2024 10:00').getTime(), new Date('Mon, 15 Jan 2024 10:00:00 GMT').getTime(), new Date('2024/01/15').getTime(), new Date('1/15/2024 3:05 PM').getTime(), new Date('2024-01-15 10:00').getTime()]", "[1705276800000,1705312800000,1705312800000,1705276800000,1705331100000,1705312800000]" },
        { "[new Date('nope').getTime(), String(new Date('x')), new Date(NaN).toJSON(), new Date('2024-13-01').getTime(), new Date('2024-01-32').getTime()]", """[null,"Invalid Date",null,null,null]""" },
        { "new Date('x').toISOString()", "!RangeError: Invalid time value" },
        { "const d = new Date(Date.UTC(2024, 1, 29, 23, 59, 58, 7)); [d.getFullYear(), d.getMonth(), d.getDate(), d.getDay(), d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds(), d.getTimezoneOffset()]", "[2024,1,29,4,23,59,58,7,0]" },
        { "const d = new Date(Date.UTC(2024, 1, 29, 23, 59, 58, 7)); [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours()]", "[2024,1,29,4,23]" },
        { "const d = new Date(0); d.setFullYear(2025); d.setMonth(13); d.setDate(0); d.setHours(25, 61); d", "\"2026-02-01T02:01:00.000Z\"" },
        { "const d = new Date(0); d.setUTCFullYear(2024, 1, 29); d.setUTCHours(1, 2, 3, 4); d.toISOString()", "\"2024-02-29T01:02:03.004Z\"" },
        { "const d = new Date(2024, 0, 31); d.setMonth(1); d", "\"2024-03-02T00:00:00.000Z\"" },
        { "const d = new Date(0); [d.setTime(5), d.valueOf(), d.setMinutes(90), d.setSeconds(-1), d.setMilliseconds(1000)]", "[5,5,5400005,5399005,5400000]" },
        { "[new Date(2024, 0, 15).toString(), new Date(0).toDateString(), new Date(0).toTimeString(), new Date(0).toUTCString(), new Date(0).toISOString(), JSON.stringify(new Date(0))]", """["Mon Jan 15 2024 00:00:00 GMT+0000 (Coordinated Universal Time)","Thu Jan 01 1970","00:00:00 GMT+0000 (Coordinated Universal Time)","Thu, 01 Jan 1970 00:00:00 GMT","1970-01-01T00:00:00.000Z","\"1970-01-01T00:00:00.000Z\""]""" },
        { "[new Date(0).toLocaleDateString(), new Date(0).toLocaleTimeString(), new Date(46800000).toLocaleString()]", """["1/1/1970","12:00:00 AM","1/1/1970, 1:00:00 PM"]""" },
        { "[new Date(2024, 0, 1) < new Date(2024, 0, 2), new Date(5) - 3, new Date(5) + '' === new Date(5).toString(), +new Date(7)]", "[true,2,true,7]" },
        { "[new Date(8.64e15).getTime(), new Date(8.64e15 + 1).getTime(), new Date(-8.64e15).toISOString(), new Date(-1).toISOString(), new Date(-62198755200000).toISOString()]", """[8640000000000000,null,"-271821-04-20T00:00:00.000Z","1969-12-31T23:59:59.999Z","-000001-01-01T00:00:00.000Z"]""" },
        { "[Date.UTC(2024), Date.UTC(99, 0), Date.UTC(), new Date(99, 0).getFullYear(), Date.parse('2024-02-30T00:00:00Z'), Date.parse('2000-02-29')]", "[1704067200000,915148800000,null,1999,1709251200000,951782400000]" },
        { "[new Date(2024, 1, 29).getDate(), new Date(2023, 1, 29).getDate(), new Date(2024, 0, 0).getDate(), new Date(2024, 12, 1).getFullYear(), new Date(1900, 1, 29).getMonth()]", "[29,1,31,2025,2]" },
        { "new Date(new Date(5)).getTime()", "5" },
        { "new Date('5').getTime() !== 5", "true" },
        { "new Date(null).getTime()", "0" },
        { "new Date(undefined).getTime()", "null" },
        { "new Date(2024, 0, 15, 10, 30, 45, 123).toISOString()", "\"2024-01-15T10:30:45.123Z\"" },
        { "typeof Date()", "\"string\"" },
        { "Math.round((new Date('2024-03-01') - new Date('2024-02-01')) / 86400000)", "29" },
        { "const addDays = (d, n) => { const r = new Date(d); r.setDate(r.getDate() + n); return r }; addDays('2024-02-28', 2).toISOString().slice(0, 10)", "\"2024-03-01\"" },
        { "[new Date('2024-01-15T24:00:00Z').getTime(), new Date('2024-01-15T10:00:00.1234567Z').getTime(), new Date('+012024-01-01T00:00:00Z').getTime()]", "[1705363200000,1705312800123,317273587200000]" },
        { "({ d: new Date(1e12) })", """{"d":"2001-09-09T01:46:40.000Z"}""" },
        { "new Date(1e12).toISOString().split('T')[0].split('-').reverse().join('.')", "\"09.09.2001\"" },
        { "new Date(2020, 5).toJSON()", "\"2020-06-01T00:00:00.000Z\"" },
        { "[new Date(1.9).getTime(), new Date('1970-01-01T00:00:00-00:30').getTime(), new Date(2019, 0, 1, 0, 0, 0).getDay()]", "[1,1800000,2]" },
    };
}
