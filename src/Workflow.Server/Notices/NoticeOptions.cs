using Workflow.Engine.WorkItems;

namespace Workflow.Server.Notices;

/// <summary>How people are told of offered items outside the inbox (configuration section <c>Notifications</c>).</summary>
internal sealed class NoticeOptions
{
    /// <summary>Names of hosts that gateways are on, <c>*.example.org</c> for those below one, <c>*</c> for all.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Whether gateways may be on loopback, private and link-local addresses.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long one attempt may take, in seconds of real time.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>Largest answer of a gateway, and largest receipt.</summary>
    public int MaxAnswerBytes { get; set; } = 16_384;

    /// <summary>How old the signature of a receipt may be, in seconds of real time.</summary>
    public double SignatureSeconds { get; set; } = 300;

    /// <summary>Where people open the app, for links; empty for none.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Gateways by channel, such as <c>chat</c>, <c>sms</c> and <c>voice</c>.</summary>
    public Dictionary<string, GatewayOptions> Gateways { get; } = [];

    public MailOptions Mail { get; set; } = new();

    /// <summary>The channels that people can be told by.</summary>
    public IEnumerable<string> Channels => Mail.Host.Length > 0 ? Gateways.Keys.Append(Engine.WorkItems.Channels.Mail) : Gateways.Keys;

    /// <summary>Everything that cannot be used, one line each.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (channel, gateway) in Gateways)
        {
            var at = $"Notifications:Gateways:{channel}";
            if (!LadderDeclaration.Name().IsMatch(channel) || channel is Engine.WorkItems.Channels.InApp or Engine.WorkItems.Channels.Mail) yield return $"{at}: expected a channel of small letters, digits and hyphens other than in-app and mail, found '{channel}'";
            if (!Uri.TryCreate(gateway.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) yield return $"{at}:Url: expected an address with http or https, found '{gateway.Url}'";
            else if (!new Http.HttpOptions { AllowedHosts = AllowedHosts }.Allows(url.IdnHost)) yield return $"{at}:Url: expected a host of the setting Notifications:AllowedHosts, found '{url.IdnHost}'";
            if (gateway.Secret.Length < GatewayOptions.LeastSecret) yield return $"{at}:Secret: expected at least {GatewayOptions.LeastSecret} characters, found {gateway.Secret.Length}";
            if (!NoticeText.IsBody(gateway.Body)) yield return $"{at}:Body: expected JSON with the placeholders inside of texts, found something else";
        }
        if (Mail.Host.Length > 0 && !MimeKit.MailboxAddress.TryParse(Mail.From, out _)) yield return $"Notifications:Mail:From: expected an address of electronic mail, found '{Mail.From}'";
    }

    public static NoticeOptions Of(IConfiguration configuration) => configuration.GetSection("Notifications").Get<NoticeOptions>() ?? new();
}

/// <summary>A gateway that takes a notice by HTTP: 政务微信, 钉钉, SMS, voice.</summary>
internal sealed class GatewayOptions
{
    public const int LeastSecret = 16;

    public string Url { get; set; } = "";

    /// <summary>Signs what is sent and what comes back.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Which contact of a person it takes; that of the channel's own name when empty.</summary>
    public string Contact { get; set; } = "";

    /// <summary>What people read or hear, see <see cref="NoticeText"/>.</summary>
    public string Text { get; set; } = NoticeText.Default;

    /// <summary>What is sent, as JSON with placeholders inside of texts.</summary>
    public string Body { get; set; } = NoticeText.DefaultBody;

    /// <summary>Further headers, such as one with a token.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>The server that takes electronic mail (SMTP).</summary>
internal sealed class MailOptions
{
    /// <summary>Empty: no mail is sent.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public string From { get; set; } = "";

    /// <summary>Empty: without signing in.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>False sends in clear text, which is for a server on the same machine.</summary>
    public bool Tls { get; set; } = true;

    public string Subject { get; set; } = "{{task}} {{title}}";

    public string Text { get; set; } = NoticeText.Default + "\n{{url}}";
}
