using System.Collections.Frozen;
using System.Globalization;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Proof;

/// <summary>The world that a stage is proved in: a place where every kind of team is at work, and the teams that the definition names.</summary>
internal static class ProofWorld
{
    public static readonly DateTimeOffset Origin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When timers are due: all at once, so that each may be the first.</summary>
    public static readonly DateTimeOffset Later = Origin.AddHours(1);

    public static readonly Place Place = new("proof", "proof", "/proof/", "proof");

    public static readonly Person Person = new("proof", "proof");

    /// <summary>When a clock is due does not decide where a stage goes, so each calendar may be the simplest one.</summary>
    public static World For(DefinitionCheck check) =>
        new(check.Calendars.ToFrozenDictionary(id => id, _ => BusinessCalendar.Continuous), TeamsOf(check.Definition));

    /// <summary>Who has an item, or can claim it. Nobody answers a joint sign twice, so each of its parts has somebody of their own.</summary>
    public static Actor WhoDoes(WorkItem item)
    {
        var signer = item.Signing is { } part ? part.Person ?? new(string.Create(CultureInfo.InvariantCulture, $"proof-{item.Number}"), Person.Name) : Person;
        var by = item.Holder ?? signer;
        return new(by.UserId, by.Name, [item.Team.Id]) { Roles = item.Signing?.Role is { } role ? [role] : null, Certificates = item.Content.Certificates };
    }

    /// <summary>A team that is named is of the kind of the activity that names it; another kind of activity that names it too then finds no team.</summary>
    private static TeamDirectory TeamsOf(WorkflowDefinition definition)
    {
        var owners = Enum.GetValues<TeamKind>().Select(kind => new Team($"proof-{kind}", kind.ToString(), kind)).ToList();
        var named =
            from node in definition.Nodes.Values.OrderBy(node => node.Pointer, StringComparer.Ordinal)
            let kind = KindOf(node)
            where kind is not null
            from id in (SignDeclaration.Of(node)?.Signers ?? []).Select(signer => signer.Team).Append(node.LiteralText("to"))
            where id is not null
            select new Team(id, id, kind.Value);
        var signers =
            from node in definition.Nodes.Values
            let kind = KindOf(node)
            where kind is not null
            from signer in SignDeclaration.Of(node)?.Signers ?? []
            where signer.Person is not null
            group kind by signer.Person into kinds
            select new Member(new(kinds.Key, kinds.Key), [.. kinds.Distinct().Select(kind => $"proof-{kind}")]);
        return new(owners.Concat(named).DistinctBy(team => team.Id), owners.Select(team => new TeamCover(Place.AreaCode, team.Id)))
        {
            Members = signers.ToFrozenDictionary(member => member.Person.UserId),
        };
    }

    private static TeamKind? KindOf(Node node) =>
        node.Type.Descriptor.Type.Split('.') is ["Workflow", var kind] && Enum.TryParse<TeamKind>(kind, true, out var found) ? found : null;
}
