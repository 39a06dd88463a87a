using System.Text;
using System.Text.Json;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Tests.WorkItems;

/// <summary>The two tables that decide about work items, and the page that shows them.</summary>
public class WorkItemTablesTests
{
    private static readonly string Page = Path.Combine(Calendars.Repository, "docs", "work-items.md");

    [Fact]
    public void The_page_shows_the_tables_of_the_code()
    {
        var text = File.ReadAllText(Page);
        var shown = With(With(text, "legal changes", Changes()), "who may do what", Rights());
        if (Environment.GetEnvironmentVariable("WORKFLOW_UPDATE_DOCS") is not null) File.WriteAllText(Page, shown);

        File.ReadAllText(Page).ShouldBe(shown, "docs/work-items.md is out of date; WORKFLOW_UPDATE_DOCS=1 dotnet test tests/Workflow.Engine.Tests writes it");
    }

    [Fact]
    public void Every_command_of_a_person_stands_in_both_tables_and_that_of_the_engine_in_one()
    {
        var commands = Enum.GetValues<WorkItemCommand>();

        WorkItemChanges.Table.Select(change => change.Command).Distinct().ShouldBe(commands, ignoreOrder: true);
        WorkItemRights.Table.Select(right => right.Command).ShouldBe(commands.Except([WorkItemCommand.Cancel, WorkItemCommand.Settle, WorkItemCommand.Reassign]), ignoreOrder: true);
        WorkItemChanges.Table.ShouldAllBe(change => change.To.Length > 0);
    }

    [Fact]
    public void What_is_over_is_moved_by_nothing_but_taking_it_back()
    {
        var moves = WorkItemChanges.Table.Where(change => !change.From.IsOpen() && !change.To.SequenceEqual([change.From]));

        moves.Select(move => (move.From, move.Command)).ShouldBe([(WorkItemStatus.Done, WorkItemCommand.Withdraw)]);
    }

    private static string With(string page, string name, string table)
    {
        var (begin, end) = ($"<!-- {name}: written from the code -->\n", $"<!-- end of {name} -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new FormatException($"docs/work-items.md: expected '{begin.Trim()}' and '{end}'");
        return string.Concat(page.AsSpan(0, from + begin.Length), table, page.AsSpan(to));
    }

    private static string Changes()
    {
        var statuses = Enum.GetValues<WorkItemStatus>();
        var table = new StringBuilder().Append("| | ").AppendJoin(" | ", statuses.Select(Word)).Append(" |\n|---|").AppendJoin("", statuses.Select(_ => "---|")).Append('\n');
        foreach (var command in Enum.GetValues<WorkItemCommand>())
            table.Append("| ").Append(Word(command)).Append(" | ").AppendJoin(" | ", statuses.Select(status => Cell(status, command))).Append(" |\n");
        return table.ToString();
    }

    private static string Cell(WorkItemStatus status, WorkItemCommand command) =>
        string.Join(" or ", WorkItemChanges.Table.Where(change => change.From == status && change.Command == command).SelectMany(change => change.To).Select(to => to == status ? "·" : Word(to)));

    private static string Rights()
    {
        var relations = Enum.GetValues<Relation>();
        var table = new StringBuilder().Append("| | ").AppendJoin(" | ", relations.Select(Word)).Append(" | never |\n|---|").AppendJoin("", relations.Select(_ => "---|")).Append("---|\n");
        foreach (var right in WorkItemRights.Table)
            table.Append("| ").Append(Word(right.Command)).Append(" | ").AppendJoin(" | ", relations.Select(relation => right.Who.Contains(relation) ? "yes" : ""))
                .Append(" | ").AppendJoin(", ", right.Never.Select(Word)).Append(" |\n");
        return table.ToString();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()).Replace('-', ' ');
}
