using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Server.Features;
using Workflow.Server.Problems;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Workflow.Server.Hosting;

/// <summary>
/// Refuses a query parameter that the route does not have: whoever misspells a filter would otherwise get the whole list and take it for the part. The names are those
/// of the handler's own parameters, which the API document is written from, too. And refuses what the serializer lets pass in a body: texts that not every database can hold,
/// null among the elements of what may hold none, and several names where one of an enum is asked for.
/// </summary>
internal static class StrictRequests
{
    private const int BufferBytes = 8192;

    private static readonly HashSet<Type> Simple = [typeof(string), typeof(int), typeof(long), typeof(double), typeof(bool), typeof(DateTimeOffset)];

    // What may hide anything, U+0000 and a comma too.
    private static ReadOnlySpan<byte> Escape => "\\u"u8;

    private static ReadOnlySpan<byte> Null => "null"u8;

    public static EndpointFilterDelegate Demand(EndpointFilterFactoryContext route, EndpointFilterDelegate next)
    {
        var known = route.MethodInfo.GetParameters().SelectMany(NamesOf).Order(StringComparer.Ordinal).ToList();
        return async call =>
        {
            var context = call.HttpContext;
            var names = known.Where(name => !context.Request.RouteValues.ContainsKey(name)).ToList();
            List<ValueProblem> problems = [.. context.Request.Query.Select(parameter => Check(names, parameter.Key, parameter.Value.ToString())).OfType<ValueProblem>()];
            if (await IsSuspectAsync(context.Request, context.RequestAborted))
            {
                problems.AddRange(await BodyProblems.LetPassAsync(context, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions));
                context.Request.Body.Position = 0;
            }
            return problems.Count > 0 ? ProblemResults.Invalid(problems) : await next(call);
        };
    }

    private static ValueProblem? Check(List<string> names, string name, string value)
    {
        var pointer = $"/{JsonMembers.Escape(name)}";
        if (!names.Contains(name, StringComparer.OrdinalIgnoreCase)) return new(pointer, names.Count == 0 ? "no parameter" : $"a parameter of this route: {string.Join(", ", names)}", RowText.Quote(name));
        return value.Contains('\0', StringComparison.Ordinal) ? BodyProblems.Unstorable(pointer) : null;
    }

    private static IEnumerable<string> NamesOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<AsParametersAttribute>() is not null ? parameter.ParameterType.GetConstructors()[0].GetParameters().SelectMany(NamesOf)
        : parameter.GetCustomAttribute<FromQueryAttribute>() is { Name: { } name } ? [name]
        : IsSimple(parameter.ParameterType) ? [parameter.Name!]
        : [];

    private static bool IsSimple(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var value && (Simple.Contains(value) || value.IsEnum || (value.IsArray && IsSimple(value.GetElementType()!)));

    /// <summary>Whether it is worth while to look at the body member by member.</summary>
    private static async Task<bool> IsSuspectAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType() || !request.Body.CanSeek) return false;
        request.Body.Position = 0;
        var found = await IsSuspectAsync(request.Body, cancel);
        // Some handlers read it themselves.
        request.Body.Position = 0;
        return found;
    }

    private static async Task<bool> IsSuspectAsync(Stream body, CancellationToken cancel)
    {
        var (buffer, kept, isAfterComma) = (new byte[BufferBytes], 0, false);
        while (await body.ReadAsync(buffer.AsMemory(kept), cancel) is > 0 and var read)
        {
            var seen = buffer.AsSpan(0, kept + read);
            if (seen.IndexOf(Escape) >= 0 || seen.IndexOf(Null) >= 0) return true;
            foreach (var letter in seen[kept..])
            {
                if (letter == (byte)' ') continue;
                // Between names; where a comma separates values, a quotation mark or a digit follows.
                if (isAfterComma && (char.IsAsciiLetter((char)letter) || letter == (byte)'\\')) return true;
                isAfterComma = letter == (byte)',';
            }
            kept = Math.Min(Null.Length - 1, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }
        return false;
    }
}
