using System.Text.Json.Serialization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.JointWork;

/// <summary>What one task tells another. Told twice it says nothing new.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "message")]
[JsonDerivedType(typeof(PartReported), "part-reported")]
[JsonDerivedType(typeof(AssistantReported), "assistant-reported")]
[JsonDerivedType(typeof(PartTakenBack), "part-taken-back")]
[JsonDerivedType(typeof(OrderGiven), "order-given")]
[JsonDerivedType(typeof(CoveredEnded), "covered-ended")]
public abstract record TaskMessage
{
    private TaskMessage()
    {
    }

    /// <summary>A part to its parent.</summary>
    public sealed record PartReported(int Part, PartReport Report) : TaskMessage;

    /// <summary>The parent to the lead, about an assistant.</summary>
    public sealed record AssistantReported(int Part, PartFeedback Feedback) : TaskMessage;

    /// <summary>The parent to a part: it closes through its own post-evaluation.</summary>
    public sealed record PartTakenBack(string Reason) : TaskMessage;

    /// <summary>An order to a task that it covers.</summary>
    public sealed record OrderGiven(InstanceId Order, string Number) : TaskMessage;

    /// <summary>A covered task to its order.</summary>
    public sealed record CoveredEnded(InstanceId Task) : TaskMessage;
}

/// <summary>Tells another task.</summary>
[Effect("tell-task")]
public sealed record TellTask(InstanceId To, TaskMessage Message)
{
    /// <summary>Whose command it follows from; null for the system's.</summary>
    public Actor? By { get; init; }
}
