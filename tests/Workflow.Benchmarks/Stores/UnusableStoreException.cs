namespace Workflow.Benchmarks.Stores;

/// <summary>The store that was named cannot be measured on; the message says why.</summary>
internal sealed class UnusableStoreException(string message, Exception cause) : Exception(message, cause);
