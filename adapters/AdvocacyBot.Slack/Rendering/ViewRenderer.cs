using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>Forms and cards as modals.</summary>
internal static class ViewRenderer
{
    /// <summary>Callback id of <see cref="Notice"/>.</summary>
    public const string NoticeId = "notice";

    /// <summary>Callback id of <see cref="Loading"/>.</summary>
    public const string LoadingId = "loading";

    /// <summary>
    /// A form. Its first action is the submit button, named by the callback id (<see cref="ActionIds.FormAction"/>); cancelling is the close button, which comes
    /// back as <c>view_closed</c> without what was typed; every other action is a button at the end, which comes back as <c>block_actions</c>.
    /// </summary>
    /// <param name="form">Its token is the caller's to put into <paramref name="privateMetadata"/>.</param>
    /// <param name="privateMetadata">At most 3000 characters; comes back with everything.</param>
    public static View Modal(Form form, string privateMetadata)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(privateMetadata.Length, Limits.PrivateMetadata, nameof(privateMetadata));
        var walk = new CardBlocks(form.Card, new FieldBlocks(Nonce()), new ButtonBlocks());
        var body = walk.Body(form.Card.Body);
        var rightToLeft = walk.Language.RightToLeft;
        var cancel = form.Actions.Skip(1).FirstOrDefault(action => action.Id == DialogEngine.CancelAction);
        var further = ButtonBlocks.Of(form.Actions.Skip(1).Where(action => action != cancel), rightToLeft);
        var submit = form.Actions[0];
        return new View(View.Modal, Fitting([.. body, .. further], walk.Language))
        {
            Title = Short(form.Title, rightToLeft),
            Submit = Short(submit.Title, rightToLeft),
            Close = cancel is null ? null : Short(cancel.Title, rightToLeft),
            NotifyOnClose = cancel is null ? null : true,
            PrivateMetadata = OrNull(privateMetadata),
            CallbackId = ActionIds.ForFormAction(submit.Id),
        };
    }

    /// <summary>What stands in the modal until there is something to show: a trigger lives three seconds, a database may take longer.</summary>
    public static View Loading(Language language, string privateMetadata = "")
    {
        var texts = RenderingTexts.In(language);
        return new View(View.Modal, [new ContextBlock([new PlainText(texts["SlackCards.Loading"])])])
        {
            Title = Short(texts["SlackCards.LoadingTitle"], language.RightToLeft),
            Close = Short(texts["SlackCards.Close"], language.RightToLeft),
            PrivateMetadata = OrNull(privateMetadata),
            CallbackId = LoadingId,
        };
    }

    /// <summary>A card inside the modal, e.g. the private reply to a form.</summary>
    public static View Notice(AdaptiveCard card, string title, string privateMetadata = "")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(privateMetadata.Length, Limits.PrivateMetadata, nameof(privateMetadata));
        var buttons = new ButtonBlocks();
        var walk = new CardBlocks(card, fields: null, buttons);
        List<Block> blocks = [.. walk.Body(card.Body), .. buttons.Of(card.Actions)];
        return new View(View.Modal, Fitting(blocks, walk.Language))
        {
            Title = Short(title, walk.Language.RightToLeft),
            Close = Short(RenderingTexts.In(walk.Language)["SlackCards.Close"], walk.Language.RightToLeft),
            PrivateMetadata = OrNull(privateMetadata),
            CallbackId = NoticeId,
        };
    }

    /// <summary>
    /// The view that is open, with messages above its fields and, for the whole form, on top: for a press on a button, which cannot be answered with
    /// <c>response_action: errors</c>, and for messages that belong to no field. Ids stay, so that Slack keeps what was typed.
    /// </summary>
    /// <param name="shown">Read from the payload with <see cref="ViewReader"/>.</param>
    /// <param name="errors">By input id; "" is the whole form.</param>
    public static View WithErrors(View shown, IReadOnlyDictionary<string, string> errors)
    {
        var nonce = Nonce();
        var number = 0;
        var fields = shown.Blocks.Select(block => ActionIds.InputOfBlock(block.BlockId)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var blocks = new List<Block>();
        foreach (var (_, message) in errors.Where(error => !fields.Contains(error.Key)))
        {
            blocks.Add(Error(message));
        }

        foreach (var block in shown.Blocks.Where(block => !ActionIds.IsError(block.BlockId)))
        {
            if (block is InputBlock && ActionIds.InputOfBlock(block.BlockId) is { } input && errors.TryGetValue(input, out var message))
            {
                blocks.Add(Error(message));
            }

            blocks.Add(block);
        }

        return shown with { Blocks = Fitting(blocks, Language.English) };

        RichTextBlock Error(string message)
        {
            var text = new RichTextBuilder(Bidi.IsRightToLeft(message) is true, quote: false);
            text.Text("⚠️ ", RichTextStyle.BoldText);
            text.Text(Cutter.Cut(message, Limits.Label), RichTextStyle.BoldText);
            return new RichTextBlock(text.Build()) { BlockId = ActionIds.ForError(nonce, number++) };
        }
    }

    /// <summary>Takes texts away from the end, fields and buttons never, until the view is one that Slack takes.</summary>
    internal static IReadOnlyList<Block> Fitting(List<Block> blocks, Language language)
    {
        if (blocks.Count <= Limits.ViewBlocks && blocks.Sum(BlockSize.Of) <= Limits.ViewBytes / 4)
        {
            return blocks.Count > 0 ? blocks : [new ContextBlock([new PlainText("…")])];
        }

        var note = new ContextBlock([new PlainText(Bidirectional.Lines(RenderingTexts.In(language)["SlackCards.Trimmed"], language.RightToLeft))]);
        var cut = -1;
        while (blocks.Count >= Limits.ViewBlocks || Bytes(blocks) > Limits.ViewBytes)
        {
            var at = blocks.FindLastIndex(block => block is not (InputBlock or ActionsBlock));
            if (at < 0)
            {
                break;
            }

            blocks.RemoveAt(at);
            cut = at;
        }

        if (cut >= 0)
        {
            blocks.Insert(cut, note);
        }

        return blocks;
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    private static int Bytes(List<Block> blocks) => Encoding.UTF8.GetByteCount(BlockJson.Serialize(blocks));

    private static PlainText Short(string text, bool rightToLeft) => new(Fit.Plain(Bidirectional.Lines(text, rightToLeft), Limits.ViewTitle));

    private static string Nonce()
    {
        Span<byte> bytes = stackalloc byte[6];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
