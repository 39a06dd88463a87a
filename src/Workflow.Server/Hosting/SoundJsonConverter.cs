using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Workflow.Engine.Definitions;

namespace Workflow.Server.Hosting;

/// <summary>JSON that a caller may choose freely (a payload, an input, a form): refused at the edge when nothing inside could compute with it or write it again.</summary>
internal sealed class SoundJsonConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonMetadataServices.JsonElementConverter.Read(ref reader, typeToConvert, options);
        return json.Unsound("") is { } problem ? throw new JsonException($"expected {problem.Expected}, found {problem.Found}") : json;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);
}
