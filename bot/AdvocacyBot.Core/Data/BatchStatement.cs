using System.Diagnostics.CodeAnalysis;

namespace AdvocacyBot.Core.Data;

/// <summary>One statement of a batched write.</summary>
/// <param name="Sql">
/// With positional parameters <c>$1</c>, <c>$2</c>… and nothing else that varies: the text is the key of a prepared command.
/// </param>
/// <param name="Values">Values of the parameters: <see cref="long"/>, <see cref="int"/>, <see cref="string"/>, <see cref="byte"/>[] or null.</param>
public readonly record struct BatchStatement(string Sql, params object?[] Values);

/// <summary>A parameter's value without a box: a whole number, a text, bytes or nothing.</summary>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The conversions are what the type is for.")]
internal readonly struct BatchValue
{
    private static readonly object NumberMark = new();

    private readonly object? held;
    private readonly long number;

    private BatchValue(object? held, long number)
    {
        this.held = held;
        this.number = number;
    }

    public bool IsNull => held is null;

    public bool IsNumber => ReferenceEquals(held, NumberMark);

    public long Number => number;

    public string? Text => held as string;

    public byte[]? Bytes => held as byte[];

    public static implicit operator BatchValue(long value) => new(NumberMark, value);

    public static implicit operator BatchValue(string? value) => new(value, 0);

    /// <exception cref="ArgumentException">A type that a statement cannot carry.</exception>
    public static BatchValue From(object? value) => value switch
    {
        null => default,
        long wide => wide,
        int narrow => narrow,
        string text => text,
        byte[] bytes => new(bytes, 0),
        _ => throw new ArgumentException($"A batch statement carries long, int, string, byte[] or null, not {value.GetType().Name}: convert it first.", nameof(value)),
    };
}
