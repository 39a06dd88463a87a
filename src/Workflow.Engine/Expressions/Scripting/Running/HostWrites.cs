namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Changes other than to variables, held back until the script has succeeded. The last one of each kind counts.</summary>
internal sealed class HostWrites
{
    private readonly Dictionary<string, Action<ScriptHost>> writes = [];
    private readonly Dictionary<string, string?> texts = [];

    public void SetCorrelationId(string? value)
    {
        texts[nameof(SetCorrelationId)] = value;
        writes[nameof(SetCorrelationId)] = host => host.SetCorrelationId(value);
    }

    public void SetInstanceName(string? value)
    {
        texts[nameof(SetInstanceName)] = value;
        writes[nameof(SetInstanceName)] = host => host.SetInstanceName(value);
    }

    public void SetOutcomes(IReadOnlyList<string> names) => writes[nameof(SetOutcomes)] = host => host.SetOutcomes(names);

    /// <summary>What a script that sets the id and reads it again sees.</summary>
    public string? CorrelationId(ScriptHost host) => texts.TryGetValue(nameof(SetCorrelationId), out var value) ? value : host.Instance.CorrelationId;

    public string? InstanceName(ScriptHost host) => texts.TryGetValue(nameof(SetInstanceName), out var value) ? value : host.Instance.InstanceName;

    public void ApplyTo(ScriptHost host)
    {
        foreach (var write in writes.Values) write(host);
    }
}
