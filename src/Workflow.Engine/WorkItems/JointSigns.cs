using System.Globalization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>
/// 会签 and 或签: one step that several signers answer, each with a work item of their own. The items of one token are one joint sign; what each has answered stays on its item.
/// A return ends them all, as every other end of the step does. 加签 adds a signer beside the others (not before or after one), 减签 removes one who has not answered.
/// </summary>
public static class JointSigns
{
    public const string Rule = "joint-sign";

    /// <summary>The signers of the joint sign that an item belongs to, those who were removed left out.</summary>
    public static IReadOnlyList<WorkItem> Counting(IEnumerable<WorkItem> items, int token)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.Where(item => item.Token == token && item.Signing is not null && item.Status != WorkItemStatus.Removed)];
    }

    /// <summary>How the joint sign that an item belongs to has ended; null while it runs, and where it was broken off.</summary>
    public static SignDecision? DecisionOf(IEnumerable<WorkItem> items, int token)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.FirstOrDefault(item => item.Token == token && item.Signing?.Decision is not null)?.Signing!.Decision;
    }

    /// <summary>The other part of the same joint sign that a person has, had or is named for.</summary>
    public static WorkItem? OtherPartOf(ItemInTask place, Person person)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(person);
        return place.Item.Signing is null ? null
            : Counting(place.Items, place.Item.Token).FirstOrDefault(part => part.Number != place.Item.Number && SignerOf(part)?.UserId == person.UserId);
    }

    /// <summary>Who has answered or is about to; null while a team has not said who of them signs.</summary>
    public static Person? SignerOf(WorkItem part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.State is WorkItemState.Done done ? done.By : part.Holder ?? (part.IsOpen ? part.Signing?.Person : null);
    }

    internal static Rejection? Refuse(ItemInTask place, WorkItemCommand command)
    {
        if (place.Item.Signing is not { } part)
            return command is WorkItemCommand.AddSigner or WorkItemCommand.RemoveSigner ? No("a signer's part of a joint sign", "an item by itself") : null;
        return command switch
        {
            WorkItemCommand.Decline => No("an item by itself; a signer's part is transferred or removed", "a signer's part of a joint sign"),
            WorkItemCommand.Withdraw => No("an item by itself; what a signer has answered stands", "a signer's part of a joint sign"),
            WorkItemCommand.AddSigner when part.AddedBy is { } by => No("a signer whom the step names; one who was added adds nobody", $"one whom {by.Name} has added"),
            WorkItemCommand.RemoveSigner when Counting(place.Items, place.Item.Token).Count == 1 => No("one of several signers", "the last one"),
            _ => null,
        };
    }

    internal static Rejection? Add(Burst burst, WorkItem item, Stimulus.SignersAdded command, Actor by)
    {
        var (atOnce, most) = (burst.World.Limits.SignersAtOnce, burst.World.Limits.Signers);
        if (command.Signers.Length == 0 || command.Signers.Length > atOnce)
            return Handovers.Invalid("/signers", $"1 to {atOnce} signers (setting Instances:{nameof(InstanceLimits.SignersAtOnce)})", Text(command.Signers.Length));
        if (Counting(burst.Draft.WorkItems, item.Token).Count + command.Signers.Length is var all && all > most)
            return Handovers.Invalid("/signers", $"at most {most} signers in all (setting Instances:{nameof(InstanceLimits.Signers)})", Text(all));
        foreach (var (index, signer) in command.Signers.Index())
        {
            if (AddedSigners.Find(burst, item, signer, $"/signers/{Text(index)}", out var team, out var person) is { } no) return no;
            Offers.Offer(burst, item.Token, team, item.Content, part: new(item.Signing!.Rule) { Person = person, AddedBy = by.Person, Reason = command.Reason });
        }
        return null;
    }

    internal static Rejection? Remove(Burst burst, WorkItem item, Stimulus.SignerRemoved command, Actor by)
    {
        WorkItemTransition.Move(burst, item, command.Command, by, new(item.Team, new WorkItemState.Removed(by.Person, burst.Stimulus.At, command.Reason)), command.Reason);
        ClockDesk.EndItemClocks(burst, item.Number);
        Settle(burst, item);
        return null;
    }

    /// <summary>After an answer or a removal: when that decides, the signers who are left are not needed any more and the step goes on.</summary>
    internal static void Settle(Burst burst, WorkItem item)
    {
        var parts = Counting(burst.Draft.WorkItems, item.Token);
        if (item.Signing!.Rule.Decide(parts) is not { } decision) return;
        burst.Record(new Fact.SignDecided(item.Number, decision));
        foreach (var part in parts.Where(part => part.IsOpen))
        {
            burst.Record(new Fact.ItemNotNeeded(part.Number));
            ClockDesk.EndItemClocks(burst, part.Number);
        }
        var signed = Counting(burst.Draft.WorkItems, item.Token);
        burst.Run(item.Token, (activity, context) => activity.Resumed(context, new Resumption.FromJointSign(decision, [.. signed])));
    }

    private static Rejection No(string expected, string found) => new(Reason.ChangeNotLegal, expected, found) { Rule = Rule };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
