using System.Text;
using Workflow.Server.Notices;

namespace Workflow.Server.Tests.Notices;

public class NoticeContactsTests
{
    [Theory]
    [InlineData("+8613800000001 of zhang@example.org is off", "+86****01 of z***@example.org is off")]
    [InlineData("no route to 138-0000-0001, (028) 8612 3456", "no route to 138****01, (028****56")]
    [InlineData("１３８００００００００１", "１３８****０１")]
    [InlineData("status 404 after 3 tries", "status 404 after 3 tries")]
    [InlineData("<li.jing@mail.example.cn>: mailbox full", "<l***@mail.example.cn>: mailbox full")]
    public void Whatever_looks_like_a_contact_is_masked(string text, string masked)
    {
        NoticeContacts.MaskIn(text).ShouldBe(masked);
        NoticeContacts.MaskIn(masked).ShouldBe(masked, "what is masked stays as it is");
    }

    [Fact]
    public void A_receipt_holds_no_contact_also_where_it_is_cut()
    {
        var receipt = GatewayHandler.NoticeReceipt.Read(Encoding.UTF8.GetBytes($$"""{"status":"failed","reason":"{{new string('x', 190)}} 13800000001 lijing_wx"}"""), "lijing_wx")!;

        receipt.Reason!.Length.ShouldBe(200);
        receipt.Reason.ShouldEndWith(" 138****01");
        GatewayHandler.NoticeReceipt.Read(Encoding.UTF8.GetBytes("""{"status":"failed","reason":"no lijing_wx here"}"""), "lijing_wx")!.Reason.ShouldBe("no lij****wx here");
    }
}
