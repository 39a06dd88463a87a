namespace Workflow.Server.Http;

/// <summary>What workflows may call (configuration section <c>Http</c>).</summary>
internal sealed class HttpOptions
{
    /// <summary>Host names, <c>*.example.org</c> for those below one, <c>*</c> for all.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Whether loopback, private and link-local addresses may be called: the machine itself and what stands beside it.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long one request may take, in seconds of real time.</summary>
    public double TimeoutSeconds { get; set; } = 30;

    /// <summary>Largest body of an answer.</summary>
    public int MaxResponseBytes { get; set; } = 1_048_576;

    /// <summary>Values that headers refer to as <c>{{secret:NAME}}</c>, by name. They stand nowhere but here.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Redirects that are followed.</summary>
    public int MaxRedirects { get; set; } = 5;

    public bool Allows(string host) => AllowedHosts.Any(allowed =>
        allowed == "*" || string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)));
}
