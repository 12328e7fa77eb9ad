using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Rewards;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Rewards;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("20", "EUR", 2000)]
    [InlineData("20.5", "EUR", 2050)]
    [InlineData("20,50", "EUR", 2050)]
    [InlineData("1,250.50", "USD", 125050)]
    [InlineData("1.250,50", "EUR", 125050)]
    [InlineData("1,250", "EUR", 125000)]
    [InlineData("1 250", "ILS", 125000)]
    [InlineData("0.01", "EUR", 1)]
    [InlineData("500", "JPY", 500)]
    [InlineData("1,500", "JPY", 1500)]
    [InlineData("1.500", "KWD", 1500)]
    [InlineData("1,234.567", "KWD", 1234567)]
    [InlineData("1.234.567", "EUR", 123456700)]
    public void Amounts_are_read_as_people_write_them(string typed, string currency, long amount) => Assert.Equal(amount, Money.Parse(typed, currency));

    [Theory]
    [InlineData("", "EUR")]
    [InlineData("0", "EUR")]
    [InlineData("0.00", "EUR")]
    [InlineData("-5", "EUR")]
    [InlineData("+5", "EUR")]
    [InlineData("20.505", "EUR")]
    [InlineData("1e3", "EUR")]
    [InlineData("5.", "EUR")]
    [InlineData(".5", "EUR")]
    [InlineData("12,34,56", "EUR")]
    [InlineData("1.5", "JPY")]
    [InlineData("1.500", "JPY")]
    [InlineData("1,250.505", "EUR")]
    [InlineData("٥", "EUR")]
    [InlineData("99999999999999999999", "EUR")]
    public void What_is_no_amount_above_nothing_is_refused(string typed, string currency) => Assert.Null(Money.Parse(typed, currency));

    [Fact]
    public void What_is_written_is_read_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        Gen.Elements("EUR", "JPY", "KWD").ToArbitrary(),
        (amount, currency) =>
        {
            Assert.Equal(amount, Money.Parse(Money.Plain(amount, currency), currency));
            Assert.Equal(amount, Money.Parse(Money.Say(amount, currency, Texts.In(Language.English)).Split(' ')[0], currency));
        }));

    [Theory]
    [InlineData("eur", "EUR")]
    [InlineData(" ils ", "ILS")]
    [InlineData("euro", null)]
    [InlineData("€", null)]
    public void A_currency_is_three_letters(string typed, string? currency) => Assert.Equal(currency, Money.Currency(typed));
}
