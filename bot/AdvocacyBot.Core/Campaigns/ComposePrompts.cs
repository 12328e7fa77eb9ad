using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>The compose dialog's prompts with their validators.</summary>
internal sealed class ComposePrompts(AdvocacyDb db, NetworkCatalogue networks, PublicAddress address, PictureCheck pictures)
{
    public FormPrompt Create(string id) => new(id, id switch
    {
        ComposeDialog.ContentPrompt => (input, context, _) => Now(ComposeValidation.Content(input, pictures, context.Turn.Texts)),
        ComposeDialog.TextsPrompt => (input, context, _) => Now(ComposeValidation.TextsOf(input, networks, address.Root, context.Turn.Texts)),
        ComposeDialog.SchedulePrompt => (input, context, token) => ScheduleValidation.CheckAsync(db, input, context, token),
        _ => null,
    });

    private static Task<IReadOnlyDictionary<string, string>> Now(IReadOnlyDictionary<string, string> errors) => Task.FromResult(errors);
}
