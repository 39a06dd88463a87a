using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Teams;

/// <summary>
/// <c>Workflow.TechGrid</c>, <c>Workflow.Enforcement</c>, <c>Workflow.Inspection</c>, <c>Workflow.CommunityGrid</c>: opens a work item for a team of
/// that kind and goes on at the outcome with which it is completed.
/// <para>Outputs: <c>result</c> (<c>{outcome, values}</c>; of a joint sign <c>{outcome, agreed, of, answers}</c>) and <c>by</c> (user id of who completed it last).</para>
/// </summary>
public sealed class TeamActivity(TeamKind kind) : Activity
{
    internal const string EvidenceForm = "least numbers by kind, such as {\"photo\": 1}";

    private const string Rules = "offer, owner, leastLoaded or roundRobin";

    /// <summary>More are a team, and a team is offered an item as a whole.</summary>
    private const int MostPeople = 20;

    private static readonly string[] OfHandDown = ["lead", "assist"];

    public override ActivityDescriptor Descriptor { get; } = new($"Workflow.{kind}")
    {
        Category = "Teams",
        Summary = "Opens a work item for a team of this kind and goes on at the outcome with which it is completed.",
        Waits = true,
        Inputs =
        [
            new("title", "String", IsRequired: true) { Summary = "What is to be done, in a few words." },
            new("instructions", "String") { Summary = "How it is to be done." },
            new("form", "String") { Samples = [null], Summary = "The form to fill in: a name of customProperties.forms." },
            new("evidence", "Object", Check: value => ReadEvidence(value) is null ? EvidenceForm : null) { Summary = "Evidence that is needed, such as {\"photo\": 1}." },
            new("assign", "String", Check: value => ReadAssign(value) is null ? Rules : null) { Summary = "offer: to the team of 'to'; owner: to the team that owns the task's place; leastLoaded, roundRobin: to one person of the team who is on duty." },
            new("certificates", "String[]") { Samples = [null], Summary = "Kinds of certificates that whoever works on it has to hold, such as enforcement." },
            new("people", "Int32", Check: value => Values.ToNumber(value) is >= 1 and <= MostPeople ? null : $"1 to {MostPeople}") { Samples = [null], Summary = "How many people leastLoaded and roundRobin choose: the first has the item, the others go with them." },
            new("to", "String") { Samples = [null], Summary = "Id of a team; without it the one that owns the task's place." },
            new(AdmissionList.ItemInput, "String") { Summary = "The kind of item, of the admission list; a community grid may be given nothing else." },
            new("outcomes", "String[]", Check: CheckOutcomes) { Summary = "What it can be completed with, its ports; Done without it." },
        ],
        PlainMembers = ["sla", "ladder", "arbiter", "sign", .. OfHandDown],
        Outputs = ["result", "by"],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => OutcomesOf(node);

    public override void Execute(ActivityContext context)
    {
        if (SignDeclaration.Of(context.Node) is { } sign)
        {
            var signers = Signers.Of(context, sign, kind, sign.RuleFor(Outcomes(context.Node)), () => FindTeam(context).Team);
            context.Task.Offer(signers, Content(context));
            return;
        }
        var (team, rule) = FindTeam(context);
        var demand = FindAssign(context) is { Rule: { } chooses } ? new AssignmentDemand(chooses, FindCertificates(context), FindPeople(context)) : null;
        context.Task.Offer(team, Content(context), rule, demand);
    }

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        if (resumption is Resumption.FromJointSign signed)
        {
            Decided(context, signed);
            return;
        }
        var done = ((Resumption.FromWorkItem)resumption).Result;
        context.SetOutput("result", Values.From(new { outcome = done.Outcome, values = done.Values }));
        context.SetOutput("by", Values.From(done.By.UserId));
        context.Complete(done.Outcome);
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (!check.Definition.IsTask) check.Error(node.Pointer, $"a task definition (root {WorkflowDefinition.ClosedLoopType}) around a team activity", check.Definition.Root.Type.Descriptor.Type);
        if (node.Inputs.ContainsKey("outcomes") && node.Literal("outcomes") is null) check.Error($"{node.Pointer}/outcomes", "a list of outcomes that stands in the document", "an expression");
        if (node.Inputs.ContainsKey(AdmissionList.ItemInput) && node.Literal(AdmissionList.ItemInput) is null) check.Error($"{node.Pointer}/{AdmissionList.ItemInput}", "a kind of item that stands in the document", "an expression");
        CheckForm(node, check);
        foreach (var member in OfHandDown.Where(member => node.Plain(member) is not null))
            check.Error($"{node.Pointer}/{member}", $"no '{member}': who leads and who assists is said where work is handed down, by Workflow.HandDown", node.Plain(member)!.Value.Describe());
        CheckArbiter(node, check);
        SlaDeclaration.Check(node, check);
        LadderDeclaration.Check(node, check);
        SignDeclaration.Check(node, check);
    }

    private WorkItemContent Content(ActivityContext context)
    {
        var certificates = FindCertificates(context);
        return new(context.Text("title") ?? "", context.Text("instructions"), FindForm(context), FindEvidence(context), [.. Outcomes(context.Node)])
        {
            Certificates = certificates.IsEmpty ? null : certificates,
        };
    }

    private static void Decided(ActivityContext context, Resumption.FromJointSign signed)
    {
        var answers = signed.Parts.Where(part => part.State is WorkItemState.Done).Select(part => (part.Team, Done: (WorkItemState.Done)part.State)).OrderBy(answer => answer.Done.At).ToList();
        var (outcome, agreed, of) = signed.Decision;
        context.SetOutput("result", Values.From(new
        {
            outcome, agreed, of,
            answers = answers.Select(answer => new { by = answer.Done.By.UserId, name = answer.Done.By.Name, team = answer.Team.Name, outcome = answer.Done.Outcome, values = answer.Done.Values }),
        }));
        context.SetOutput("by", Values.From(answers[^1].Done.By.UserId));
        context.Complete(outcome);
    }

    /// <summary>The team that an arbiter has ruled for, otherwise the one that <c>to</c> names, otherwise the owner of the task's place.</summary>
    private (Team Team, RoutingRule? Rule) FindTeam(ActivityContext context)
    {
        if (context.Task.Ruled(kind) is { } ruled) return ruled;
        var team = FindUnruled(context);
        return context.Task.IsBarred(team) ? throw ActivityContext.Fault($"{team.Name} handled this task, and nobody evaluates what they or their team handled") : (team, null);
    }

    private Team FindUnruled(ActivityContext context)
    {
        if (!FindAssign(context).IsOwners && context.Text("to") is { } id)
            return context.World.Teams.Find(id) is { } named && named.Kind == kind
                ? named
                : throw ActivityContext.Fault($"input 'to': expected a team of kind {kind}, found '{id}'");
        return context.Task.OwnerOf(kind)
            ?? throw ActivityContext.Fault($"no {kind} team owns {context.Task.Place.AreaName} ({context.Task.Place.AreaCode}){Passed(context)}");
    }

    /// <summary>Says that the rule of avoidance has passed teams over.</summary>
    private string Passed(ActivityContext context) =>
        context.World.Teams.All.Any(team => team.Kind == kind && context.Task.IsBarred(team)) ? " but one that handled this task, and nobody evaluates what they or their team handled" : "";

    private static ImmutableArray<string> FindCertificates(ActivityContext context) =>
        context.Input("certificates") is { ValueKind: JsonValueKind.Array } kinds ? [.. kinds.EnumerateArray().Select(kind => kind.GetString() ?? "")] : [];

    private static int FindPeople(ActivityContext context)
    {
        var people = context.Input("people") is { } value ? (int)(Values.ToNumber(value) ?? 0) : 1;
        return people is >= 1 and <= MostPeople ? people : throw ActivityContext.Fault($"input 'people': expected 1 to {MostPeople}, found {people}");
    }

    private static Assign FindAssign(ActivityContext context) =>
        context.Input("assign") is { } value ? ReadAssign(value) ?? throw ActivityContext.Fault($"input 'assign': expected {Rules}, found {value.Describe()}") : new(false, null);

    private static Assign? ReadAssign(JsonElement value) => Values.ToText(value) switch
    {
        "offer" => new(false, null),
        "owner" => new(true, null),
        var other => Values.ToEnum<AssignmentRule>(other) is { } rule ? new(false, rule) : null,
    };

    /// <param name="IsOwners">To the team that owns the task's place, whatever <c>to</c> says.</param>
    /// <param name="Rule">How one person of the team is chosen; null to offer it to all of them.</param>
    private sealed record Assign(bool IsOwners, AssignmentRule? Rule);

    // The checker sees literals only; what an expression gives is checked here.
    internal static string? FindForm(ActivityContext context)
    {
        var form = context.Text("form");
        return form is null || context.Definition.Forms.ContainsKey(form) ? form : throw ActivityContext.Fault($"input 'form': expected a form of the definition, found '{form}'");
    }

    internal static ImmutableSortedDictionary<EvidenceKind, int> FindEvidence(ActivityContext context)
    {
        if (context.Input("evidence") is not { } value) return ImmutableSortedDictionary<EvidenceKind, int>.Empty;
        return ReadEvidence(value) ?? throw ActivityContext.Fault($"input 'evidence': expected {EvidenceForm}, found {value.Describe()}");
    }

    internal static ImmutableSortedDictionary<EvidenceKind, int>? ReadEvidence(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        var read = ImmutableSortedDictionary.CreateBuilder<EvidenceKind, int>();
        foreach (var member in value.EnumerateObject())
        {
            if (Values.ToEnum<EvidenceKind>(member.Name) is not { } evidence || member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetInt32(out var count) || count < 0) return null;
            read[evidence] = count;
        }
        return read.ToImmutable();
    }

    internal static IReadOnlyList<string> OutcomesOf(Node node) =>
        node.Literal("outcomes") is { ValueKind: JsonValueKind.Array } outcomes ? [.. outcomes.EnumerateArray().Select(outcome => outcome.GetString() ?? "")] : ["Done"];

    internal static void CheckForm(Node node, DefinitionCheck check)
    {
        if (node.LiteralText("form") is { } form && !check.Definition.Forms.ContainsKey(form))
            check.Error($"{node.Pointer}/form", $"a form of customProperties.forms: {string.Join(", ", check.Definition.Forms.Keys.Order())}", $"'{form}'");
    }

    internal static void CheckArbiter(Node node, DefinitionCheck check)
    {
        if (node.Plain("arbiter") is { ValueKind: not JsonValueKind.String } arbiter) check.Error($"{node.Pointer}/arbiter", "the id of the team that rules when two have declined", arbiter.Describe());
    }

    internal static string? CheckOutcomes(JsonElement value)
    {
        var names = value.EnumerateArray().Select(outcome => outcome.GetString() ?? "").ToList();
        return names.Count > 0 && names.TrueForAll(name => name.Length is > 0 and <= 64) && names.Distinct().Count() == names.Count
            ? null
            : "at least one outcome, each once, of 1 to 64 characters";
    }
}
