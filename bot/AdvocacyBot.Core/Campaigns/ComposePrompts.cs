using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>The compose dialog's prompts with their validators.</summary>
internal sealed class ComposePrompts(AdvocacyDb db, NetworkCatalogue networks, PublicAddress address, PictureCheck pictures)
{
    public FormPrompt Create(string id) => new(id, id switch
    {
        ComposeDialog.ContentPrompt => async (input, context, token) =>
            ComposeValidation.Content(input, await SponsorFields.ReadAsync(db, context.Turn.Workspace.Id, token), pictures, context.Turn.Texts),
        ComposeDialog.TextsPrompt => async (input, context, token) =>
            ComposeValidation.TextsOf(input, networks, await db.DisclosureAsync(context.Turn.Workspace.Id, token), address.Root, context.Turn.Texts),
        ComposeDialog.SchedulePrompt => (input, context, token) => ScheduleValidation.CheckAsync(db, input, context, token),
        _ => null,
    });
}
