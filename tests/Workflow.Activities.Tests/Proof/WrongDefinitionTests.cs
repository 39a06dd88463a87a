using static Workflow.Activities.Tests.An;
using static Workflow.Activities.Tests.Flow;
using static Workflow.Activities.Tests.Proof.Proved;

namespace Workflow.Activities.Tests.Proof;

/// <summary>Tasks with one mistake each: it is found, at its place, with the shortest way to it; and nothing is found once it is mended.</summary>
public class WrongDefinitionTests
{
    private const string Response = "/root/response/body";
    private const string NoEnd = "expected a way from here to the end of the stage";
    private const string NoDeadline = "none: it may wait for ever";
    private const string CannotRun = "expected an activity that can do its part";
    private const string CannotFill = "expected a form that can be filled in";
    private const string Token = ", 'customProperties': { 'Flowchart:ExecutionMode': 'TokenBased' }";

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    private static IEnumerable<Case> Cases => [.. StagesThatCannotEnd, .. WaitsForEver, .. Joins, .. NothingAfterwards, .. Items, .. Faults];

    private static IEnumerable<Case> StagesThatCannotEnd =>
    [
        new("delays that turn for ever", Task(Chart("c", "x=Delay(01:00:00) y=Delay(01:00:00)", "x>y y>x")), Task(Chart("c", "x=Delay(01:00:00) y=Delay(01:00:00)", "x>y")), Response + "/activities/0", NoEnd, "x"),
        new("an item that always comes again", Task(Chart("c", "", "a>a", Tech("a"))), Task(Chart("c", "", "", Tech("a"))), Response + "/activities/0", NoEnd, "a"),
        new("both outcomes lead back", Task(Chart("c", "", "a.Yes>a a.No>a", Tech("a", "'outcomes': ['Yes', 'No']"))), Task(Chart("c", "", "a.No>a", Tech("a", "'outcomes': ['Yes', 'No']"))), Response + "/activities/0", NoEnd, "a"),
        new("a way into a circle", Task(Chart("c", "w=Delay(01:00:00)", "a.No>w w>w", Tech("a", "'outcomes': ['Yes', 'No']"))), Task(Chart("c", "w=Delay(01:00:00)", "a.No>w w>a", Tech("a", "'outcomes': ['Yes', 'No']"))), Response + "/activities/0", NoEnd, "a → w"),
        new("one branch turns for ever", Task(Chart("c", "f=Fork(L,R) w=Delay(01:00:00)", "f.L>a f.R>w w>w", Tech("a"))), Task(Chart("c", "f=Fork(L,R) w=Delay(01:00:00)", "f.L>a f.R>w", Tech("a"))), Response + "/activities/1", NoEnd, "f → a → w"),
        new("a loop while true with a wait", Task(While("true", Delay("w"))), Task(While("@go", Delay("w")), members: Go), Response, NoEnd, "w"),
        new("a circle in a nested chart", Task(Sequence("s", Chart("n", "x=Delay(01:00:00)", "x>x"))), Task(Sequence("s", Chart("n", "x=Delay(01:00:00)", ""))), Response + "/activities/0/activities/0", NoEnd, "n → x"),
        new("the circle hangs on data", Task(Chart("c", "d=Decision(@go) w=Delay(01:00:00)", "d.True>w w>w"), members: Go), Task(Chart("c", "d=Decision(@go) w=Delay(01:00:00)", "d.True>w w>d"), members: Go), Response + "/activities/1", NoEnd, "d → w"),
        new("handling only returns", Task(handling: EndStage("e", "Return", "response")), Task(handling: EndStage("e", "Done")), "/root/handling/body", "found Return at every end", "e"),
        new("post-evaluation only returns", Task(postEvaluation: Chart("p", "", "a.Yes>e a.No>e", Inspect("a", "'outcomes': ['Yes', 'No']"), EndStage("e", "Return", "handling"))), Task(postEvaluation: Chart("p", "", "a.No>e", Inspect("a", "'outcomes': ['Yes', 'No']"), EndStage("e", "Return", "handling"))), "/root/postEvaluation/body", "found Return at every end", "a → e"),
    ];

    private static IEnumerable<Case> WaitsForEver =>
    [
        new("an event without a deadline", Task(Activity("e")), Task(Event("e", Reason)), Response, NoDeadline, "e"),
        new("a reason that says nothing", Task(Event("e", "'customProperties': { 'noDeadline': ' ' }")), Task(Event("e", Reason)), Response, NoDeadline, "e"),
        new("an item without a clock", Task(Tech("a"), clock: ""), Task(Tech("a", Clock), clock: ""), Response, "an sla of its own, its stage or its task", "a"),
        new("an item behind one with a clock", Task(Sequence("s", Tech("a", Clock), Tech("b")), clock: ""), Task(Sequence("s", Tech("a", Clock), Tech("b", Clock)), clock: ""), Response + "/activities/1", NoDeadline, "a → b"),
        new("all instead of any", Task(Race("WaitAll")), Task(Race("WaitAny")), Response + "/activities/1", NoDeadline, "f → e"),
        new("all that are active instead of any", Task(Race("WaitAllActive")), Task(Race("WaitAny")), Response + "/activities/1", NoDeadline, "f → e"),
        new("a timer that does not end the event", Task(Chart("c", "f=Fork(L,R) e w=Delay(01:00:00)", "f.L>e f.R>w")), Task(Chart("c", "f=Fork(L,R) e w=Delay(01:00:00) j=Join(WaitAny)", "f.L>e f.R>w e>j w>j")), Response + "/activities/1", NoDeadline, "f → e"),
        new("an event raced by an event", Task(Chart("c", "f=Fork(L,R) e g j=Join(WaitAny)", "f.L>e f.R>g e>j g>j")), Task(Chart("c", "f=Fork(L,R) e g=Delay(01:00:00) j=Join(WaitAny)", "f.L>e f.R>g e>j g>j")), Response + "/activities/1", NoDeadline, "f → e"),
        new("a reminder that never gives up", Task(Chart("c", "f=Fork(L,R) e w=Delay(01:00:00) j=Join(WaitAny)", "f.L>e f.R>w e>j w>w")), Task(Chart("c", "f=Fork(L,R) e w=Delay(01:00:00) d=Decision(@go) j=Join(WaitAny)", "f.L>e f.R>w e>j w>d d.True>j d.False>w"), members: Go), Response + "/activities/1", NoDeadline, "f → e"),
        new("an event behind the timer", Task(Sequence("s", Delay("w"), Activity("e"))), Task(Sequence("s", Delay("w"), Event("e", Reason))), Response + "/activities/1", NoDeadline, "w → e"),
        new("an event on one way of a decision", Task(Chart("c", "d=Decision(@go) e w=Delay(01:00:00)", "d.True>w d.False>e"), members: Go), Task(Chart("c", "d=Decision(@go) g=Delay(01:00:00) w=Delay(01:00:00)", "d.True>w d.False>g"), members: Go), Response + "/activities/1", NoDeadline, "d → e"),
        new("an event on one way of a script", Task(Chart("c", "e", "s.Later>e", Script("s"))), Task(Chart("c", "e=Delay(01:00:00)", "s.Later>e", Script("s"))), Response + "/activities/0", NoDeadline, "s → e"),
        new("an event after an outcome", Task(Chart("c", "e", "a.No>e", Tech("a", "'outcomes': ['Yes', 'No']"))), Task(Chart("c", "e=Delay(01:00:00)", "a.No>e", Tech("a", "'outcomes': ['Yes', 'No']"))), Response + "/activities/0", NoDeadline, "a → e"),
        new("a fork of all", Task(Fork("WaitAll")), Task(Fork("WaitAny")), Response + "/branches/0", NoDeadline, "e"),
        new("a task for the outside", Task("{ 'id': 't', 'type': 'Elsa.RunTask', 'taskName': 'report' }"), Task("{ 'id': 't', 'type': 'Elsa.RunTask', 'taskName': 'report', " + Reason + " }"), Response, NoDeadline, "t"),
        new("another instance", Task(Child("true")), Task(Child("false")), Response, NoDeadline, "x"),
        new("an event when a request fails", Task(Chart("c", "e", "h.Timeout>e", Request)), Task(Chart("c", "e=Delay(01:00:00)", "h.Timeout>e", Request)), Response + "/activities/0", NoDeadline, "h → e"),
        new("an event in the second round", Task(Each("@go", If("@go", Activity("e"))), members: Go), Task(Each("@go", If("@go", Delay("e"))), members: Go), Response + "/body/then", NoDeadline, "if → e"),
    ];

    private static IEnumerable<Case> Joins =>
    [
        new("a loop in one branch of a join", Task(Loop("WaitAll", "a.No>a")), Task(Loop("WaitAll", "")), Response, "expected an arrival over b.Done>j", "f → a → b → a"),
        new("a longer loop in one branch", Task(Loop("WaitAll", "a.No>w w>a")), Task(Loop("WaitAny", "a.No>w w>a")), Response, "expected an arrival over b.Done>j", "f → a → b → w → a"),
        new("a merge that comes before its loop is done", Task(Loop("WaitAllActive", "a.No>a")), Task(Loop("WaitAllActive", "")), Response, "expected an arrival over b.Done>j", "f → a → b → a → j → w"),
        new("a merge behind a decision and a loop", Task(Chart("c", "z=Delay(01:00:00)", "d.Yes>a d.No>z a.No>a a.Yes>z", Tech("d", YesNo), Tech("a", YesNo))), Task(Chart("c", "z=Delay(01:00:00)", "d.Yes>a d.No>z a.Yes>z", Tech("d", YesNo), Tech("a", YesNo))), Response, "expected an arrival over d.No>z", "d → a → a"),
    ];

    private static string Loop(string mode, string loop) => Chart("c", $"f=Fork(L,R) b=Delay(01:00:00) w=Delay(01:00:00) j=Join({mode})", $"f.L>a f.R>b a.Yes>j b>j {(loop.Contains('w', StringComparison.Ordinal) ? "" : "j>w ")}{loop}", Tech("a", YesNo));

    private const string YesNo = "'outcomes': ['Yes', 'No']";

    private static IEnumerable<Case> NothingAfterwards =>
    [
        new("the task is finished at once", Task("{ 'id': 'x', 'type': 'Elsa.Finish' }"), Task(EndStage("x", "CloseOut")), Response, "expected no way to end a task but through its stages", ""),
        new("the task is completed at once", Task("{ 'id': 'x', 'type': 'Elsa.Complete' }"), Task(EndStage("x", "CloseOut")), Response, "expected no way to end a task but through its stages", ""),
        new("post-evaluation closes out", Task(postEvaluation: EndStage("x", "CloseOut")), Task(postEvaluation: EndStage("x", "Done")), "/root/postEvaluation/body/outcome", "found CloseOut", ""),
    ];

    private static IEnumerable<Case> Items =>
    [
        new("a grid that enforces", Task(Grid("a", "'item': 'enforce'")), Task(Grid("a", "'item': 'verify'")), Response + "/item", "that a team of kind communityGrid may be given: verify", "a"),
        new("a grid that is given anything", Task(Grid("a", "'title': 'x'")), Task(Grid("a", "'item': 'verify'")), Response + "/item", "found nothing", "a"),
        new("a kind of item that nobody knows", Task(Tech("a", "'item': 'dance'")), Task(Tech("a", "'item': 'verify'")), Response + "/item", "of the admission list: enforce, verify", "a"),
        new("enforcement that verifies", Task(Sequence("s", Tech("b"), Item("a", "Enforcement", "'item': 'verify'"))), Task(Sequence("s", Tech("b"), Item("a", "Enforcement", "'item': 'enforce'"))), Response + "/activities/1/item", "may be given: enforce", "b → a"),
        new("a team of two kinds", Task(Sequence("s", Tech("a", "'to': 'team-1'"), Inspect("b", "'to': 'team-1'"))), Task(Sequence("s", Tech("a", "'to': 'team-1'"), Inspect("b", "'to': 'team-2'"))), Response + "/activities/1", "expected a team of kind Inspection, found 'team-1'", "a → b"),
        new("more evidence than anybody has", Task(Tech("a", "'evidence': { 'photo': 51 }")), Task(Tech("a", "'evidence': { 'photo': 50 }")), Response + "/evidence", "at most 50 × Photo (setting Definitions:EvidencePieces), found 51", "a"),
        new("a number between 5 and 3", Form("'n': { 'type': 'integer', 'minimum': 5, 'maximum': 3 }"), Form("'n': { 'type': 'integer', 'minimum': 3, 'maximum': 5 }"), Response + "/form", CannotFill, "a"),
        new("no whole number between", Form("'n': { 'type': 'integer', 'minimum': 1.2, 'maximum': 1.8 }"), Form("'n': { 'type': 'number', 'minimum': 1.2, 'maximum': 1.8 }"), Response + "/form", CannotFill, "a"),
        new("a text that is too long already", Form("'n': { 'type': 'string', 'minLength': 9, 'maxLength': 3 }"), Form("'n': { 'type': 'string', 'minLength': 3, 'maxLength': 9 }"), Response + "/form", CannotFill, "a"),
        new("a text of no characters", Form("'n': { 'type': 'string', 'maxLength': 0 }"), Form("'n': { 'type': 'string', 'maxLength': 1 }"), Response + "/form", CannotFill, "a"),
        new("a choice of blanks", Form("'n': { 'type': 'string', 'enum': ['', ' '] }"), Form("'n': { 'type': 'string', 'enum': ['', 'x'] }"), Response + "/form", CannotFill, "a"),
    ];

    private static IEnumerable<Case> Faults =>
    [
        new("a circle that never waits", Task(Chart("c", "a=Set b=Set", "a>b b>a"), members: Ab), Task(Chart("c", "a=Set b=Set", "a>b"), members: Ab), Response + "/activities/0", CannotRun, "a → b → a"),
        new("a value of the wrong type", Task(Set("'many'"), members: Number), Task(Set("3"), members: Number), Response, CannotRun, "s"),
        new("a jump into a loop", Task(Chart("c", "a=Set w=Delay(01:00:00) b=Set", "s.X>a s.Y>b a>b b>w w.Done>a", Script("s", "X', 'Y")), members: Ab), Task(Chart("c", "a=Set w=Delay(01:00:00) b=Set", "s.X>a s.Y>b a>b b>w", Script("s", "X', 'Y")), members: Ab), Response + "/activities/1", CannotRun, null),
        new("a merge of what never comes together", Task(Merge("a.Yes>b a.No>g b>j g>j")), Task(Merge("a.Yes>b a.Yes>g b>j g>j")), Response, "waits for ever", null),
        new("a result that does not fit its variable", Task(Tech("a", "'result': { 'memoryReference': { 'id': 'n' } }"), members: Number), Task(Tech("a", "'by': { 'memoryReference': { 'id': 'text' } }"), members: Number), Response, CannotRun, "a"),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_found_with_the_shortest_way_to_it(string name)
    {
        var one = Cases.Single(one => one.Name == name);

        var errors = Errors(one.Wrong);

        errors.Count.ShouldBeInRange(1, 2, string.Join("\n", errors));
        var problem = errors.FirstOrDefault(problem => problem.Pointer.StartsWith(one.Pointer, StringComparison.Ordinal) && problem.ToString().Contains(one.Words, StringComparison.Ordinal));
        problem.ShouldNotBeNull(string.Join("\n", errors));
        if (one.Path is { Length: > 0 } path) problem.Found.ShouldEndWith($"; the way there: {path}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Once_it_is_mended_nothing_is_found(string name) => Problems(Cases.Single(one => one.Name == name).Mended).ShouldBeEmpty();

    private const string Go = "'variables': [ { 'name': 'go' } ],";
    private const string Ab = "'variables': [ { 'name': 'a' }, { 'name': 'b' } ],";
    private const string Number = "'variables': [ { 'name': 'n', 'typeName': 'Int32' }, { 'name': 'text', 'typeName': 'String' } ],";
    private const string Request = "{ 'id': 'h', 'type': 'Elsa.FlowSendHttpRequest', 'url': 'https://example.org/' }";

    private static string Tech(string id, string members = "") => Item(id, "TechGrid", members);

    private static string Inspect(string id, string members = "") => Item(id, "Inspection", members);

    private static string Grid(string id, string members) => $"{{ 'id': '{id}', 'type': 'Workflow.CommunityGrid', {(members.Contains("'title'", StringComparison.Ordinal) ? "" : "'title': 'x', ")}{members} }}";

    private static string Event(string id, string members) => $"{{ 'id': '{id}', 'type': 'Elsa.Event', 'eventName': '{id}', {members} }}";

    private static string Delay(string id) => Activity($"{id}=Delay(01:00:00)");

    private static string Race(string mode) => Chart("c", $"f=Fork(L,R) e w=Delay(01:00:00) j=Join({mode})", "f.L>e f.R>w e>j w>j");

    private static string Fork(string mode) => $"{{ 'id': 'k', 'type': 'Elsa.Fork', 'joinMode': '{mode}', 'branches': [{Activity("e")}, {Delay("w")}] }}";

    private static string Script(string id, string outcomes = "Done', 'Later") => $"{{ 'id': '{id}', 'type': 'Elsa.RunJavaScript', 'script': 'setOutcome(1)', 'possibleOutcomes': ['{outcomes}'] }}";

    private static string Child(string waits) => $"{{ 'id': 'x', 'type': 'Elsa.DispatchWorkflow', 'workflowDefinitionId': 'other', 'waitForCompletion': {waits} }}";

    private static string Variable(string text) => text.StartsWith('@') ? $"{{ 'typeName': 'Object', 'expression': {{ 'type': 'Variable', 'value': '{text[1..]}' }} }}" : text;

    private static string While(string condition, string body) => $"{{ 'id': 'l', 'type': 'Elsa.While', 'condition': {Variable(condition)}, 'body': {body} }}";

    private static string Each(string items, string body) => $"{{ 'id': 'l', 'type': 'Elsa.ForEach', 'items': {Variable(items)}, 'body': {body} }}";

    private static string If(string condition, string then) => $"{{ 'id': 'if', 'type': 'Elsa.If', 'condition': {Variable(condition)}, 'then': {then} }}";

    private static string Set(string value) => $"{{ 'id': 's', 'type': 'Elsa.SetVariable', 'variable': {{ 'id': 'n', 'typeName': 'Int32' }}, 'value': {value} }}";

    private static string Merge(string connections)
    {
        var chart = Chart("c", "b=Delay(01:00:00) g=Delay(01:00:00) j=Join(WaitAll)", connections, Tech("a", "'outcomes': ['Yes', 'No']"));
        return chart.Insert(chart.Length - 2, Token);
    }

    private static string Form(string field) => Task(Tech("a", "'form': 'f'"), members: $"'customProperties': {{ 'forms': {{ 'f': {{ 'required': ['n'], 'properties': {{ {field} }} }} }} }},");

    /// <param name="Pointer">Where the place of the problem begins.</param>
    /// <param name="Path">The shortest way; empty where a rule about one activity finds it, null where the way is left open.</param>
    private sealed record Case(string Name, string Wrong, string Mended, string Pointer, string Words, string? Path);
}
