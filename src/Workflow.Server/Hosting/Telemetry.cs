using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Workflow.Engine.Running;
using Workflow.Server.Commands;

namespace Workflow.Server.Hosting;

/// <summary>Where metrics are sent (configuration section <c>Telemetry</c>).</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Base address of a collector that takes OTLP by HTTP (protobuf), such as <c>http://127.0.0.1:4318</c>. Null: nothing is sent.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>Headers of each request, as <c>name=value,name=value</c>.</summary>
    public string? OtlpHeaders { get; set; }

    /// <summary>Real time between two sendings.</summary>
    public double IntervalSeconds { get; set; } = 30;

    /// <summary>How long one sending may take.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>The name under which the server appears; <c>service.name</c> of the resource.</summary>
    public string ServiceName { get; set; } = "workflow";
}

/// <summary>
/// Sends the metrics of the engine, of the HTTP server and of the runtime by OTLP, when a collector is configured. A collector that does not answer
/// costs the numbers of that interval and nothing else.
/// </summary>
internal sealed class Telemetry(TelemetryOptions options) : IHostedService
{
    private const string MetricsPath = "v1/metrics";

    private static readonly string[] Meters = [EngineMeter.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    private readonly Uri? address = string.IsNullOrWhiteSpace(options.OtlpEndpoint) ? null : AddressOf(options.OtlpEndpoint);
    private readonly string? headers = string.IsNullOrWhiteSpace(options.OtlpHeaders) ? null : HeadersOf(options.OtlpHeaders);
    private MeterProvider? provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (address is null) return Task.CompletedTask;
        provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(options.ServiceName, serviceVersion: CommandLine.Version, serviceInstanceId: Environment.MachineName))
            .AddMeter(Meters)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = address;
                exporter.Headers = headers;
                exporter.TimeoutMilliseconds = (int)TimeSpan.FromSeconds(options.TimeoutSeconds).TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)TimeSpan.FromSeconds(options.IntervalSeconds).TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what was measured last.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        provider?.Dispose();
        return Task.CompletedTask;
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new Uri($"{text.TrimEnd('/')}/{MetricsPath}")
            : throw new UnusableSettingException($"Telemetry:OtlpEndpoint: expected an http or https address, found '{text}'");

    /// <summary>The exporter would leave out or refuse what it cannot read, at its first sending. Values are secrets, so none is shown.</summary>
    private static string HeadersOf(string text) =>
        text.Split(',').Select((header, at) => (Parts: header.Split('=', 2), At: at + 1)).FirstOrDefault(header => header.Parts.Length < 2 || !IsName(header.Parts[0].Trim())) is { Parts: { } parts, At: var at }
            ? throw new UnusableSettingException($"Telemetry:OtlpHeaders: expected name=value,name=value, found {(parts.Length < 2 ? "no '='" : "a name that is none")} in the header number {at}")
            : text;

    /// <summary>A token of RFC 9110, section 5.6.2.</summary>
    private static bool IsName(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));
}
