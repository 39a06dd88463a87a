using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.WorkItems;

/// <summary>One who signs, as it is written: a person, a team, or whoever of a team has a role.</summary>
/// <param name="Person">User id.</param>
/// <param name="Team">Id of a team; with a role and without it the step's own team.</param>
public sealed record SignerDeclaration(string? Person, string? Team, string? Role);

/// <summary>The <c>sign</c> member of a team activity: who signs a step together, and by which rule.</summary>
public sealed record SignDeclaration(SignKind Kind, int Percent, string? Agree, ImmutableArray<SignerDeclaration> Signers)
{
    private const string One = "one";
    private static readonly string[] Members = ["rule", "percent", "agree", "signers"];
    private static readonly string[] Roles = [WorkItemRights.SupervisorRole, WorkItemRights.DutyOfficerRole];

    /// <summary>The rule for a step with these outcomes: the first is agreement unless another is named.</summary>
    public SignRule RuleFor(IReadOnlyList<string> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new(Kind, Kind == SignKind.Percent ? Percent : 100, Agree ?? outcomes[0]);
    }

    /// <summary>The declaration of a node that has been checked; null where one person signs.</summary>
    public static SignDeclaration? Of(Node node) => node.Derive(static node => new Declared(Read(node, null))).Sign;

    /// <summary>Reports everything wrong with a node's declaration.</summary>
    public static void Check(Node node, DefinitionCheck check)
    {
        if (Read(node, check) is not { } sign) return;
        var (at, outcomes) = ($"{node.Pointer}/sign", node.Type.Outcomes(node));
        if (sign.Agree is { } agree && !outcomes.Contains(agree)) check.Error($"{at}/agree", $"one of the outcomes: {string.Join(", ", outcomes)}", $"'{agree}'");
        foreach (var input in (ReadOnlySpan<string>)["assign", "to"])
            if (node.Inputs.TryGetValue(input, out var value) && !sign.Signers.Any(signer => signer is { Role: not null, Team: null }))
                check.Error(value.Pointer, $"no '{input}' beside 'sign': its signers say who signs", "a value");
    }

    private static SignDeclaration? Read(Node node, DefinitionCheck? check)
    {
        if (node.Plain("sign") is not { } json) return null;
        var at = $"{node.Pointer}/sign";
        if (json.ValueKind == JsonValueKind.String && json.GetString() == One) return null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            check?.Error(at, $"\"{One}\", or an object with a rule and signers", json.Describe());
            return null;
        }
        foreach (var member in json.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            check?.Error($"{at}/{JsonMembers.Escape(member.Name)}", $"one of {string.Join(", ", Members)}", member.Name);
        var kind = Values.ToEnum<SignKind>(json.Text("rule"));
        if (kind is null) check?.Error($"{at}/rule", "any, all or percent", json.Member("rule")?.Describe() ?? "nothing");
        return new(kind ?? SignKind.All, ReadPercent(json, kind, at, check), json.Text("agree"), ReadSigners(json, at, check));
    }

    private static int ReadPercent(JsonElement sign, SignKind? kind, string at, DefinitionCheck? check)
    {
        var json = sign.Member("percent");
        if (kind != SignKind.Percent)
        {
            if (json is not null && kind is not null) check?.Error($"{at}/percent", "no percent but with the rule percent", json.Value.Describe());
            return 100;
        }
        if (json is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var percent) && percent is >= 1 and <= 100) return percent;
        check?.Error($"{at}/percent", "a whole number from 1 to 100", json?.Describe() ?? "nothing");
        return 100;
    }

    private static ImmutableArray<SignerDeclaration> ReadSigners(JsonElement sign, string at, DefinitionCheck? check)
    {
        var signers = ImmutableArray.CreateBuilder<SignerDeclaration>();
        foreach (var (json, pointer) in sign.ItemsAt("signers", at, check?.Problems))
        {
            var signer = new SignerDeclaration(json.Text("person"), json.Text("team"), json.Text("role"));
            if (!IsOne(json, signer)) check?.Error(pointer, "one of { \"person\" }, { \"team\" }, { \"role\" } and { \"role\", \"team\" }", json.Describe());
            else if (signer.Role is { } role && !Roles.Contains(role)) check?.Error($"{pointer}/role", string.Join(" or ", Roles), $"'{role}'");
            else if (signers.Contains(signer)) check?.Error(pointer, "each signer once", "one of before");
            signers.Add(signer);
        }
        var most = check?.Limits.Signers ?? int.MaxValue;
        if (signers.Count == 0 || signers.Count > most)
            check?.Error($"{at}/signers", $"1 to {most} signers (setting Definitions:{nameof(DefinitionLimits.Signers)})", signers.Count.ToString(CultureInfo.InvariantCulture));
        return signers.ToImmutable();
    }

    private static bool IsOne(JsonElement json, SignerDeclaration signer) =>
        json.ValueKind == JsonValueKind.Object
        && json.EnumerateObject().All(member => member.Name is "person" or "team" or "role" && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Length > 0)
        && signer is { Person: not null, Team: null, Role: null } or { Person: null, Team: not null } or { Person: null, Role: not null };

    private sealed record Declared(SignDeclaration? Sign);
}
