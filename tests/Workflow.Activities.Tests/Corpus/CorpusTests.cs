using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Workflow.Activities.Http;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>
/// What earlier builds have stored is read by this one and goes on. The files are never changed: a build that stores something else raises the number of
/// its shapes and gets a folder of its own; <c>WORKFLOW_UPDATE_CORPUS=1</c> writes the files that are missing.
/// </summary>
public partial class CorpusTests
{
    private static readonly Dictionary<string, CorpusCase> Cases =
        TaskCases.All.Concat(JointCases.All).Concat(AssignmentCases.All).Concat(PauseCases.All).Concat(LadderCases.All).Concat(WorkflowCases.All).ToDictionary(made => made.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<int, string> Files
    {
        get
        {
            var files = new TheoryData<int, string>();
            foreach (var (number, name) in CorpusFile.All) files.Add(number, name);
            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_shape_that_is_made_today_is_in_the_corpus(string name)
    {
        var (number, run) = (StoredShapes.Current.Number, Cases[name].Make());
        if (Environment.GetEnvironmentVariable("WORKFLOW_UPDATE_CORPUS") is not null && !CorpusFile.Exists(number, name)) CorpusFile.Write(Cases[name], run);

        CorpusFile.Exists(number, name).ShouldBeTrue($"Corpus/{number}/{name}.json: WORKFLOW_UPDATE_CORPUS=1 dotnet test tests/Workflow.Activities.Tests writes it");
        var file = CorpusFile.Read(number, name);
        // What this number means does not change any more: the same run gives the same text, to the byte.
        Encoding.UTF8.GetString(StoredJson.ToJson(file.Stored)).ShouldBe(InstanceJson.Write(run.State));
        file.Journal.Select(burst => Encoding.UTF8.GetString(StoredJson.ToJson(burst.Facts))).ShouldBe(run.Bursts.Select(burst => InstanceJson.Write(burst.Facts)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_stored_is_read_equals_what_is_made_today_and_is_written_in_todays_shape(int number, string name)
    {
        var file = CorpusFile.Read(number, name);

        var state = file.ReadState();

        var written = StoredJson.Write(state);
        Encoding.UTF8.GetString(StoredJson.ToJson(written)).ShouldBe(KnownUnder(number, InstanceJson.Write(Cases[name].Make().State)));
        StoredJson.Read<WorkflowInstance>(written).ShouldBeOfType<WorkflowInstance>().Revision.ShouldBe(state.Revision);
        if (number == StoredShapes.Current.Number) StoredJson.ToJson(written).SequenceEqual(StoredJson.ToJson(file.Stored)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_facts_that_were_stored_fold_to_the_state_that_was_stored(int number, string name)
    {
        var file = CorpusFile.Read(number, name);
        var state = file.ReadState();

        // A migration is the only fact that changes the version; the first burst names the one that was started.
        KnownUnder(number, InstanceJson.Write(InstanceDraft.Fold(state.Id, state.Definition, file.ReadJournal()))).ShouldBe(InstanceJson.Write(state));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_stored_goes_on_to_its_end(int number, string name)
    {
        var file = CorpusFile.Read(number, name);
        var (definition, state) = (OwnActivities.Read(CorpusFile.ReadDocument(number, file.Document)), file.ReadState());
        var wasFinal = state.Status.IsFinal();

        var ended = ToTheEnd.Drive(Scenario.From(definition, state), Cases[name].Ends);

        ended.State.Status.IsFinal().ShouldBeTrue();
        (ended.State.Tokens.Length, ended.State.Bookmarks.Length).ShouldBe((0, 0));
        if (!wasFinal) ended.State.Revision.ShouldBeGreaterThan(state.Revision);
        if (ended.State.Task is { } task) task.IsClosed.ShouldBeTrue();
    }

    /// <summary>By reflection: what is added to the model and stored nowhere in the corpus is a gap.</summary>
    [Fact]
    public void Every_kind_of_what_is_stored_occurs()
    {
        var runs = Cases.Values.Select(made => made.Make()).ToList();
        var text = string.Join('\n', runs.Select(run => InstanceJson.Write(run.State) + InstanceJson.Write(run.Journal)));
        var gaps = new List<string>();

        gaps.AddRange(KindsOf<Fact>().Except(runs.SelectMany(run => run.Journal).Select(fact => fact.GetType())).Select(kind => $"fact {kind.Name}"));
        gaps.AddRange(KindsOf<WorkItemState>().Except(runs.SelectMany(run => run.State.WorkItems).Select(item => item.State.GetType())).Select(kind => $"state of an item {kind.Name}"));
        gaps.AddRange(BookmarkKinds().Except(runs.SelectMany(run => run.State.Bookmarks).Select(wait => wait.Kind)).Select(kind => $"wait {kind}"));
        gaps.AddRange(EffectKinds().Except(runs.SelectMany(run => run.Journal).OfType<Fact.EffectRequested>().Select(asked => asked.Effect.Kind)).Select(kind => $"effect {kind}"));
        gaps.AddRange(StoredEnums().SelectMany(type => Enum.GetValues(type).Cast<object>().Where(value => !text.Contains(JsonSerializer.Serialize(value, type, InstanceJson.Options), StringComparison.Ordinal)).Select(value => $"{type.Name}.{value}")));
        gaps.AddRange(StoredRecords(typeof(WorkflowInstance)).SelectMany(MembersOf).Where(member => !text.Contains($"\"{member.Json}\":", StringComparison.Ordinal)).Select(member => $"{member.Name} is never set"));

        gaps.ShouldBeEmpty();
    }

    /// <summary>Without what states of this number do not tell and no upgrade can know.</summary>
    private static string KnownUnder(int number, string state) => number switch
    {
        1 => EmptyHistory().Replace(Unkept().Replace(NewSince1().Replace(NewSince2().Replace(state, ""), ""), "$1[]"), ""),
        2 => NewSince2().Replace(state, ""),
        _ => state,
    };

    [GeneratedRegex(",\"(?:firstClaimedAt\":\"[^\"]*\"|transfers\":[0-9]+|pause\":{[^{}]*})")]
    private static partial Regex NewSince1();

    /// <summary>The teams that an item was taken from, and what the cap of a pause is reckoned by.</summary>
    [GeneratedRegex(",\"cap\":\"[^\"]*\",\"capClock\":[0-9]+|\"left\":\\[(?:[^\\[\\]]|\\[[^\\[\\]]*\\])*\\],?")]
    private static partial Regex NewSince2();

    /// <summary>Lists that were not kept.</summary>
    [GeneratedRegex("(\"(?:changes|pauses)\":)\\[(?:[^\\[\\]]|\\[[^\\[\\]]*\\])*\\]")]
    private static partial Regex Unkept();

    [GeneratedRegex(",\"history\":{(?:,?\"[a-z]+\":\\[\\])+}")]
    private static partial Regex EmptyHistory();

    private static IEnumerable<Type> KindsOf<T>() => typeof(T).GetNestedTypes().Where(typeof(T).IsAssignableFrom);

    private static IEnumerable<string> BookmarkKinds() => typeof(BookmarkKind).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> EffectKinds() => new[] { typeof(WorkflowInstance).Assembly, typeof(HttpCall).Assembly }
        .SelectMany(assembly => assembly.GetTypes()).Where(type => type.GetCustomAttributes(typeof(EffectAttribute), false).Length > 0).Select(EffectAttribute.NameOf);

    private static IEnumerable<Type> StoredEnums() =>
        StoredRecords(typeof(WorkflowInstance)).SelectMany(type => type.GetProperties()).Where(IsStored).Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).Where(type => type.IsEnum).Distinct();

    /// <summary>The records that a state consists of.</summary>
    private static HashSet<Type> StoredRecords(Type root)
    {
        var (known, left) = (new HashSet<Type>(), new Queue<Type>([root]));
        while (left.TryDequeue(out var type))
        {
            var item = Nullable.GetUnderlyingType(type) ?? type;
            foreach (var argument in item.GetGenericArguments()) left.Enqueue(argument);
            if (item.IsEnum || item.Namespace?.StartsWith("Workflow", StringComparison.Ordinal) != true || item == typeof(InstanceId) || !known.Add(item)) continue;
            foreach (var derived in item.GetNestedTypes().Where(item.IsAssignableFrom)) left.Enqueue(derived);
            foreach (var property in item.GetProperties().Where(IsStored)) left.Enqueue(property.PropertyType);
        }
        return known;
    }

    private static IEnumerable<(string Name, string Json)> MembersOf(Type type) =>
        type.GetProperties().Where(IsStored).Select(property => ($"{type.Name}.{property.Name}", JsonNamingPolicy.CamelCase.ConvertName(property.Name)));

    private static bool IsStored(System.Reflection.PropertyInfo property) =>
        property.Name != "EqualityContract" && property.GetMethod!.IsStatic == false
        && property.GetCustomAttributes(typeof(JsonIgnoreAttribute), false).All(ignored => ((JsonIgnoreAttribute)ignored).Condition != JsonIgnoreCondition.Always);
}
