namespace Workflow.Benchmarks;

/// <summary>What ran did not end as it must, so its figures mean nothing.</summary>
internal sealed class WrongResultException(string expected, string found) : Exception($"expected {expected}, found {found}")
{
    public static void ThrowUnless(bool right, string expected, string found)
    {
        if (!right) throw new WrongResultException(expected, found);
    }
}
