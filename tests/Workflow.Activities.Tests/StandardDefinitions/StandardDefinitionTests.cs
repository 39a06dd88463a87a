using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Tests.Clocks;

namespace Workflow.Activities.Tests.StandardDefinitions;

/// <summary>What happens to a task of a shipped definition; the language is that of <see cref="Story"/>.</summary>
internal sealed record Told(string Definition, string Title, string Script);

/// <summary>
/// The standard definitions of definitions/workflows, each driven on a virtual clock: its main path with a return, a pause and a breach, and its close-outs. Due times were
/// computed by hand, and the comments say how. In 2026 the working days of September and October are Monday to Friday, but not September 25th (中秋) nor October 1st to 7th
/// (国庆), and beside them Sunday September 20th and Saturday October 10th (调休). Nobody knows the holidays of 2027 yet.
/// </summary>
public class StandardDefinitionTests
{
    private static readonly Told[] All = [.. PollutionStories.All, .. CaseStories.All, .. ServiceStories.All];

    public static TheoryData<string, string> Stories
    {
        get
        {
            var stories = new TheoryData<string, string>();
            foreach (var told in All) stories.Add(told.Definition, told.Title);
            return stories;
        }
    }

    public static TheoryData<string> Definitions => [.. Directory.EnumerateFiles(Path.GetDirectoryName(Calendars.PathOf("workflows", "x"))!, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stories))]
    public void A_task_goes_the_way_that_its_story_tells(string definition, string title) => Story.Play(definition, All.Single(told => told.Definition == definition && told.Title == title).Script);

    [Theory]
    [MemberData(nameof(Definitions))]
    public void A_shipped_definition_is_proved_without_a_warning_and_every_target_in_it_says_why(string definition)
    {
        var problems = new ProblemList();
        var admission = AdmissionList.Read(JsonElement.Parse(File.ReadAllText(Calendars.PathOf("organisation", "admission"))), problems);

        var read = new DefinitionReader(BuiltInActivities.Catalog(), new HashSet<string> { "24x7", "cn-gov" }) { Admission = admission }.Read(Calendars.Definition("workflows", definition), problems);

        problems.All.ShouldBeEmpty();
        read!.Nodes.Values.Where(node => SlaDeclaration.Of(node) is { Basis: null or "" }).ShouldBeEmpty();
        read.Forms.Values.SelectMany(form => form.Titles).Where(field => field.Value == field.Key).ShouldBeEmpty("a field without a title");
    }

    [Fact]
    public void The_page_shows_what_the_definitions_say()
    {
        const string begin = "<!-- written from the definitions -->\n";
        var page = Path.Combine(Calendars.Repository, "docs", "standard-definitions.md");
        var text = File.ReadAllText(page);
        var shown = text[..(text.IndexOf(begin, StringComparison.Ordinal) + begin.Length)] + StandardDefinitionPage.Table();
        if (Environment.GetEnvironmentVariable("WORKFLOW_UPDATE_DOCS") is not null) File.WriteAllText(page, shown);

        File.ReadAllText(page).ShouldBe(shown, "docs/standard-definitions.md is out of date; WORKFLOW_UPDATE_DOCS=1 dotnet test tests/Workflow.Activities.Tests writes it");
    }
}
