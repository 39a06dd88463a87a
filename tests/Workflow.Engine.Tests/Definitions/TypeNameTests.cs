using System.Text.Json;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Tests.Definitions;

public class TypeNameTests
{
    [Theory]
    [InlineData(null, "Object", TypeKind.Any)]
    [InlineData("int32", "Int32", TypeKind.Int32)]
    [InlineData("Long", "Int64", TypeKind.Int64)]
    [InlineData("System.String, System.Private.CoreLib", "String", TypeKind.Text)]
    [InlineData("System.Dynamic.ExpandoObject, System.Linq.Expressions", "JSON", TypeKind.Json)]
    [InlineData("System.Uri, System.Private.Uri", "Uri", TypeKind.Text)]
    [InlineData("String[]", "String[]", TypeKind.List)]
    [InlineData("System.Int32[], System.Private.CoreLib", "Int32[]", TypeKind.List)]
    [InlineData("System.Byte[]", "ByteArray", TypeKind.Any)]
    [InlineData("Int32?", "Int32?", TypeKind.Int32)]
    [InlineData("System.Nullable`1[[System.Int32, System.Private.CoreLib]], System.Private.CoreLib", "Int32?", TypeKind.Int32)]
    [InlineData("list<int32>", "list<Int32>", TypeKind.List)]
    [InlineData("System.Collections.Generic.List`1[[System.Double, System.Private.CoreLib]], System.Private.CoreLib", "List<Double>", TypeKind.List)]
    [InlineData("System.Collections.Generic.IDictionary`2[[System.String, System.Private.CoreLib],[System.Object, System.Private.CoreLib]]", "ObjectDictionary", TypeKind.Json)]
    public void A_type_is_known_by_its_alias_or_by_an_older_name(string? text, string alias, TypeKind kind)
    {
        var type = TypeName.Parse(text);

        (type.Alias, type.Kind, type.IsKnown).ShouldBe((alias, kind, true));
        TypeName.Parse(type.Alias).ShouldBe(type, "today's spelling means the same");
    }

    [Theory]
    [InlineData("Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core")]
    [InlineData("List<Money>")]
    [InlineData("Money[]")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("`1[[]]")]
    [InlineData("[[[[")]
    [InlineData("<>")]
    public void A_type_that_nobody_knows_keeps_its_name_and_may_hold_anything(string text)
    {
        TypeName.Parse(text).ShouldBe(new(TypeKind.Any, text, IsKnown: false));
        TypeName.Parse(string.Concat(Enumerable.Repeat("[]", 100_000))).IsKnown.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Int32", "\"4\"", "4")]
    [InlineData("Int32", "3000000000", null)]
    [InlineData("Int64", "3000000000", "3000000000")]
    [InlineData("Int16", "40000", null)]
    [InlineData("Boolean", "\"True\"", "true")]
    [InlineData("Int32[]", "\"[1, 2]\"", "[1,2]")]
    [InlineData("Int32[]", "[1, \"2\"]", "[1,2]")]
    [InlineData("Int32[]", "[1, \"x\"]", null)]
    [InlineData("List<String>", "[1]", null)]
    [InlineData("Object", "\"[1]\"", "\"[1]\"")]
    [InlineData("JSON", "\"{ \\\"a\\\": 1 }\"", "{ \"a\": 1 }")]
    [InlineData("JsonObject", "\"a\"", null)]
    [InlineData("Guid", "\"0199e000-0000-7000-8000-000000000001\"", "\"0199e000-0000-7000-8000-000000000001\"")]
    [InlineData("Guid", "\"1\"", null)]
    [InlineData("DateTime", "\"2026-10-03T02:14:00+08:00\"", "\"2026-10-03T02:14:00+08:00\"")]
    [InlineData("TimeSpan?", "\"PT20M\"", "\"PT20M\"")]
    [InlineData("Double", "null", "null")]
    public void A_value_is_converted_to_the_type_or_refused(string type, string value, string? converted)
    {
        Values.Convert(JsonElement.Parse(value), type)?.GetRawText().ShouldBe(converted);
        if (converted is null) Values.Convert(JsonElement.Parse(value), type).ShouldBeNull();
    }
}
