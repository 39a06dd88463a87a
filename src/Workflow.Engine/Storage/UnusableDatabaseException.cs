namespace Workflow.Engine.Storage;

/// <summary>The database cannot keep what the engine promises; the message says what was expected and what was found.</summary>
public sealed class UnusableDatabaseException(string message) : Exception(message);
