using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflow.Server.Notices;

/// <summary>
/// Signs what goes to a gateway and what comes back, as Standard Webhooks do: HMAC-SHA256 over id, time and body, in the headers <c>webhook-id</c>, <c>webhook-timestamp</c> and
/// <c>webhook-signature</c>.
/// </summary>
internal static class NoticeSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string Header = "webhook-signature";

    private const string Version = "v1,";

    public static IEnumerable<(string Name, string Value)> Headers(string id, DateTimeOffset at, string body, string secret)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return [(IdHeader, id), (TimeHeader, time), (Header, Version + Convert.ToBase64String(Sign(id, time, Encoding.UTF8.GetBytes(body), secret)))];
    }

    /// <summary>Whether the headers sign this body, for this id, not longer ago than is allowed.</summary>
    public static bool Fits(IHeaderDictionary headers, string id, byte[] body, string secret, DateTimeOffset now, TimeSpan mostAge)
    {
        var (time, given) = (headers[TimeHeader].ToString(), headers[Header].ToString());
        if (headers[IdHeader].ToString() != id || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > mostAge.TotalSeconds) return false;
        var expected = Sign(id, time, body, secret);
        var bytes = new byte[expected.Length];
        return given.Split(' ').Any(one => one.StartsWith(Version, StringComparison.Ordinal)
            && Convert.TryFromBase64String(one[Version.Length..], bytes, out var length) && length == expected.Length && CryptographicOperations.FixedTimeEquals(bytes, expected));
    }

    private static byte[] Sign(string id, string time, byte[] body, string secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        return HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
    }
}
