namespace Workflow.Engine.Expressions;

/// <summary>
/// An evaluation was stopped from outside, by time. What it would have decided is unknown, so the burst is rolled back and nothing of it is kept.
/// </summary>
public class HardStopException(string what) : Exception(what);
