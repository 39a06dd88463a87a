namespace Workflow.Engine.Running;

/// <summary>How positions are taken to areas (configuration section <c>Places</c>).</summary>
public sealed class PlaceOptions
{
    /// <summary>How far outside of every outline a position may lie and still belong to the nearest one: outlines are drawn to about ten metres and leave slivers between them.</summary>
    public double MarginMetres { get; set; } = 50;

    /// <summary>An outline whose surface changes by more than this when it is repaired is refused: it was not drawn as it was meant.</summary>
    public double RepairPercent { get; set; } = 1;
}
