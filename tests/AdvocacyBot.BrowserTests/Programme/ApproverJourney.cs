using AdvocacyBot.BrowserTests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

public sealed partial class JourneyTests
{
    [ChromiumTheory]
    [InlineData("en")]
    [InlineData("he")]
    public async Task An_approver_sends_back_and_approves_what_its_author_cannot(string language)
    {
        var cast = Cast.Of(language);
        await WantASecondPersonAsync(await OwnerAsync(cast), cast);
        var comms = await OpenAsync(cast.Comms, cast.Channel, cast);
        await ComposeAsync(comms, cast, $"{cast.Story} 6", "ProductReview");
        await comms.PressAsync("Campaigns.PublishNow");
        await comms.NoFormAsync();
        await OwnIsNotEnoughAsync(comms, cast);
        await SendBackAsync(cast);
        await AgainAsync(comms, cast);
        await ApproveAsync(cast);
        await Expect(Prompt(comms, $"{cast.Story} 7")).ToBeVisibleAsync();
    }

    /// <summary>For reviews of products alone: the other journeys go on as they are.</summary>
    private static async Task WantASecondPersonAsync(Chat owner, Cast cast)
    {
        await owner.SayAsync($"/advocate roles {cast.ApproverName}");
        await owner.FormAsync("Programme.RolesTitle");
        await owner.Field("Programme.RoleApproverMay").CheckAsync();
        await owner.ShotAsync("roles");
        await owner.PressAsync("Dialogs.Save");
        await owner.NoFormAsync();
        await owner.PressAsync(await owner.AskAsync("/advocate approve"), "Programme.FourEyesChange");
        await owner.FormAsync("Programme.FourEyesTitle");
        await owner.Field("Programme.FourEyesOn").CheckAsync();
        await owner.Field("Campaigns.TypeProductReview").CheckAsync();
        await owner.ShotAsync("four-eyes");
        await owner.PressAsync("Dialogs.Save");
        await owner.NoFormAsync();
    }

    private static async Task OwnIsNotEnoughAsync(Chat comms, Cast cast)
    {
        var waiting = await comms.AskAsync("/advocate approve");
        await Expect(waiting).ToContainTextAsync(cast.Texts["Programme.WaitingOwn"]);
        await Expect(waiting).ToContainTextAsync($"{cast.Story} 6");
        await Expect(comms.Button(waiting, "Programme.Review")).ToHaveCountAsync(0);
        await comms.ShotAsync("own-waits", waiting);
    }

    private async Task SendBackAsync(Cast cast)
    {
        var approver = await PrivateAsync(cast.Approver, cast);
        var asked = approver.Message($"{cast.Story} 6");
        await approver.ShotAsync("asked", asked);
        await approver.PressAsync(asked, "Programme.Review");
        await approver.FormAsync("Programme.ReviewTitle");
        await approver.ShotAsync("review");
        await approver.PressAsync("Programme.SendBack");
        await approver.FormAsync("Programme.SendBackTitle");
        await approver.PressAsync("Programme.SendBack");
        await Expect(approver.Panel.GetByText(cast.Texts["Programme.ReasonMissing"]).First).ToBeVisibleAsync();
        await approver.Field("Programme.SendBackReason").FillAsync($"{cast.Story}?");
        await approver.ShotAsync("send-back");
        await approver.PressAsync("Programme.SendBack");
        await Expect(approver.Says("Programme.ApprovalSentBackSaid")).ToBeVisibleAsync();
    }

    /// <summary>The author reads the reason, mends it and asks again.</summary>
    private async Task AgainAsync(Chat comms, Cast cast)
    {
        var own = await PrivateAsync(cast.Comms, cast);
        await Expect(own.Says("Programme.ApprovalSentBack")).ToContainTextAsync($"{cast.Story}?");
        await own.ShotAsync("sent-back", own.Says("Programme.ApprovalSentBack"));
        await comms.Page.BringToFrontAsync();
        var list = await comms.AskAsync("/advocate campaigns");
        await comms.ShotAsync("campaigns", list);
        await comms.Button(list, "Campaigns.ButtonGoOn").First.ClickAsync();
        await comms.Field("Campaigns.Title").FillAsync($"{cast.Story} 7");
        await comms.PressAsync("Campaigns.Next");
        await comms.FormAsync("Campaigns.TextsTitle");
        await comms.PressAsync("Campaigns.Next");
        await comms.FormAsync("Campaigns.ScheduleTitle");
        await comms.PressAsync("Campaigns.Preview");
        await comms.FormAsync("Campaigns.PreviewTitle");
        await comms.PressAsync("Campaigns.PublishNow");
        await comms.NoFormAsync();
    }

    private async Task ApproveAsync(Cast cast)
    {
        var approver = await PrivateAsync(cast.Approver, cast);
        await approver.PressAsync(approver.Message($"{cast.Story} 7"), "Programme.Review");
        await Expect(approver.Panel).ToContainTextAsync($"{cast.Story} 7");
        await approver.PressAsync("Programme.Approve");
        await Expect(approver.Says("Programme.ApprovalApprovedSaid")).ToBeVisibleAsync();
        var own = await PrivateAsync(cast.Comms, cast);
        await Expect(own.Says("Programme.ApprovalGiven")).ToContainTextAsync($"{cast.Story} 7");
    }
}
