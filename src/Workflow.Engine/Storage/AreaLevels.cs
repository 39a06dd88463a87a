namespace Workflow.Engine.Storage;

/// <summary>
/// An area's path is the codes from the city down, each followed by '/': city, jurisdiction, street, community. Lists of a jurisdiction or a street go by its
/// code alone, because an index gives the rows of one code in order, and those of all paths with a prefix only in heaps.
/// </summary>
public static class AreaLevels
{
    private const int JurisdictionLevel = 1;
    private const int StreetLevel = 2;

    /// <summary>The code of the jurisdiction that a path lies in; null for the city.</summary>
    public static string? Jurisdiction(string path) => Code(path, JurisdictionLevel);

    /// <summary>The code of the street; null above the streets.</summary>
    public static string? Street(string path) => Code(path, StreetLevel);

    /// <summary>The codes of a path, from the city down.</summary>
    public static string[] Codes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? Code(string path, int level) => Codes(path) is var codes && codes.Length > level ? codes[level] : null;
}
