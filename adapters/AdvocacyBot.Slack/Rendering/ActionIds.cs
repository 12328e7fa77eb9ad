namespace AdvocacyBot.Slack.Rendering;

/// <summary>
/// What our action, block and callback ids say. A press of <see cref="IsPress"/> carries its token in <c>value</c>; <see cref="IsLink"/> is a press that only opens
/// an address and wants nothing but an acknowledgement; <see cref="FormAction"/> is a form's further button, sent with the whole <c>state.values</c>.
/// </summary>
internal static class ActionIds
{
    private const string Press = "press.";
    private const string Link = "open.";
    private const string Form = "form.";
    private const string FieldPrefix = "in.";
    private const string TogglePrefix = "toggle.";
    private const string ErrorPrefix = "error.";

    public static string ForPress(int number) => $"{Press}{number}";

    public static string ForLink(int number) => $"{Link}{number}";

    public static string ForFormAction(string action) => Form + action;

    public static string ForField(string inputId) => FieldPrefix + inputId;

    public static string ForToggle(string inputId) => TogglePrefix + inputId;

    /// <param name="nonce">New on every render.</param>
    /// <param name="inputId">Of the card's input.</param>
    public static string BlockFor(string nonce, string inputId) => $"{nonce}.{inputId}";

    public static string ForError(string nonce, int number) => $"{ErrorPrefix}{nonce}.{number}";

    public static bool IsPress(string? actionId) => actionId?.StartsWith(Press, StringComparison.Ordinal) is true;

    public static bool IsLink(string? actionId) => actionId?.StartsWith(Link, StringComparison.Ordinal) is true;

    /// <summary>The form action behind a button's action id, or behind the callback id of a form's view (its submit button); null for anything else.</summary>
    public static string? FormAction(string? id) => After(id, Form);

    /// <summary>The input behind a field's action id; null for anything else.</summary>
    public static string? Input(string? actionId) => After(actionId, FieldPrefix) ?? After(actionId, TogglePrefix);

    public static bool IsToggle(string? actionId) => actionId?.StartsWith(TogglePrefix, StringComparison.Ordinal) is true;

    public static bool IsError(string? blockId) => blockId?.StartsWith(ErrorPrefix, StringComparison.Ordinal) is true;

    /// <summary>The input whose field stands in a block; null for blocks without one.</summary>
    public static string? InputOfBlock(string? blockId)
    {
        var dot = IsError(blockId) ? -1 : blockId?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot < 0 ? null : blockId![(dot + 1)..];
    }

    private static string? After(string? id, string prefix) => id?.StartsWith(prefix, StringComparison.Ordinal) is true ? id[prefix.Length..] : null;
}
