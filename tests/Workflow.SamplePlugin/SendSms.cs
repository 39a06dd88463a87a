using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.SamplePlugin;

/// <summary>What is to be done outside, as data; stored with the instance that asks for it.</summary>
[Effect("sample-sms")]
public sealed record SmsMessage(string To, string Text);

/// <summary><c>Sample.SendSms</c>: hands a message to the gateway and goes on when it has it.</summary>
public sealed class SendSms : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Sample.SendSms")
    {
        Summary = "Sends a text message.",
        Waits = true,
        Inputs = [new("to", "String", IsRequired: true), new("text", "String", IsRequired: true)],
        Outputs = ["receipt"],
    };

    public override void Execute(ActivityContext context) => context.Request(new SmsMessage(context.Text("to")!, context.Text("text")!));

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        context.SetOutput("receipt", ((Resumption.FromEffect)resumption).Result);
        context.Complete();
    }
}
