namespace Workflow.Engine.Running;

/// <summary>
/// Breaks promises on purpose (configuration section <c>Broken</c>): a checker that never failed is not trusted. The server refuses the section
/// outside environment Development.
/// </summary>
public sealed class BrokenOptions
{
    /// <summary>Answers are given before the commit, which begins after this pause, in milliseconds; null gives them after it.</summary>
    public int? AnswerBeforeCommitMs { get; set; }

    /// <summary>Ends of effects are taken from servers whose claim is over.</summary>
    public bool NoFence { get; set; }

    /// <summary>Idempotency keys are ignored.</summary>
    public bool NoKey { get; set; }
}
