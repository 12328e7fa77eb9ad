using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AdvocacyBot.Core.Data;

/// <summary>Amounts are stored as whole millionths, which add up exactly on both databases.</summary>
internal sealed class MicrosConverter() : ValueConverter<decimal, long>(value => ToMicros(value), value => value / 1_000_000m)
{
    /// <summary>The largest amount that may be stored; below what 64 bits hold even when thousands of them are added up.</summary>
    public const decimal Largest = 1_000_000_000m;

    public static long ToMicros(decimal value) => (long)decimal.Round(value * 1_000_000m, 0, MidpointRounding.AwayFromZero);
}
