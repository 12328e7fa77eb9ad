using AdvocacyBot.Core.Localization;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Web.Api;

/// <summary>Refusals as RFC 9457 problems, in the person's language: what is wrong and what helps.</summary>
internal static class Problems
{
    /// <param name="texts">The person's language.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="name">Of the texts <c>Web.{name}Title</c> and <c>Web.{name}Detail</c>.</param>
    /// <param name="field">The request's field that is wrong, where it is one.</param>
    /// <param name="values">For the placeholders of the detail.</param>
    public static IResult Of(Texts texts, int status, string name, string? field = null, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var detail = field is null ? texts.Format($"Web.{name}Detail", values) : texts.Format($"Web.{name}Detail", [("field", field), .. values]);
        return Results.Json(
            new ProblemView(texts[$"Web.{name}Title"], status, detail, field), Wire.Json.ProblemView, "application/problem+json", status);
    }

    public static IResult Invalid(Texts texts, string name, string? field = null, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Of(texts, StatusCodes.Status400BadRequest, name, field, values);

    public static IResult UnknownChannel(Texts texts) => Of(texts, StatusCodes.Status404NotFound, "UnknownChannel");

    public static IResult UnknownMessage(Texts texts) => Of(texts, StatusCodes.Status404NotFound, "UnknownMessage");
}
