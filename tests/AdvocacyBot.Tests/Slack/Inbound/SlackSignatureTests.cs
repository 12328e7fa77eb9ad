using System.Text;
using AdvocacyBot.Slack.Inbound;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Slack.Inbound;

public sealed class SlackSignatureTests
{
    private const long Now = 1_800_000_000;
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("8f742231b10e8888abcd99baac22");
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("token=x&team_id=T1&text=שלום");

    [Fact]
    public void The_example_of_Slacks_own_page_is_valid()
    {
        // docs.slack.dev/authentication/verifying-requests-from-slack
        const string body =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        Assert.Equal(SignatureVerdict.Valid, SlackSignature.Verify(
            Encoding.UTF8.GetBytes(body),
            "1531420618",
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
            [Encoding.UTF8.GetBytes("8f742231b10e8888abcd99yyyzzz85a5")],
            1531420618));
    }

    [Theory]
    [InlineData(0, SignatureVerdict.Valid)]
    [InlineData(-300, SignatureVerdict.Valid)]
    [InlineData(300, SignatureVerdict.Valid)]
    [InlineData(-301, SignatureVerdict.Stale)]
    [InlineData(301, SignatureVerdict.Stale)]
    [InlineData(-100_000_000, SignatureVerdict.Stale)]
    public void A_timestamp_may_be_off_by_five_minutes_in_both_directions(long off, object verdict)
    {
        var timestamp = (Now + off).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(verdict, SlackSignature.Verify(Body, timestamp, SlackSignature.Sign(Body, timestamp, Secret), [Secret], Now));
    }

    [Theory]
    [InlineData(null, "v0=00", SignatureVerdict.Missing)]
    [InlineData("1800000000", null, SignatureVerdict.Missing)]
    [InlineData("", "", SignatureVerdict.Missing)]
    [InlineData("soon", "v0=00", SignatureVerdict.Stale)]
    [InlineData("-1800000000", "v0=00", SignatureVerdict.Stale)]
    [InlineData("18000000000000000000000", "v0=00", SignatureVerdict.Stale)]
    [InlineData(" 1800000000", "v0=00", SignatureVerdict.Stale)]
    [InlineData("1800000000", "v0=00", SignatureVerdict.Forged)]
    [InlineData("1800000000", "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", SignatureVerdict.Forged)]
    [InlineData("1800000000", "v0=אבגד57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", SignatureVerdict.Forged)]
    public void What_is_no_signature_is_told_apart(string? timestamp, string? signature, object verdict) =>
        Assert.Equal(verdict, SlackSignature.Verify(Body, timestamp, signature, [Secret], Now));

    [Fact]
    public void Either_of_two_secrets_will_do_and_a_third_will_not()
    {
        var (old, other) = (Encoding.UTF8.GetBytes("the one before"), Encoding.UTF8.GetBytes("somebody else's"));
        var timestamp = Now.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(SignatureVerdict.Valid, SlackSignature.Verify(Body, timestamp, SlackSignature.Sign(Body, timestamp, old), [Secret, old], Now));
        Assert.Equal(SignatureVerdict.Valid, SlackSignature.Verify(Body, timestamp, SlackSignature.Sign(Body, timestamp, Secret), [Secret, old], Now));
        Assert.Equal(SignatureVerdict.Forged, SlackSignature.Verify(Body, timestamp, SlackSignature.Sign(Body, timestamp, other), [Secret, old], Now));
    }

    [Fact]
    public void What_is_signed_is_accepted_and_any_changed_byte_is_not() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Filter(body => body.Length > 0),
        ArbMap.Default.ArbFor<PositiveInt>(),
        (body, place) =>
        {
            var timestamp = Now.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var signature = SlackSignature.Sign(body, timestamp, Secret);
            var accepted = SlackSignature.Verify(body, timestamp, signature, [Secret], Now) == SignatureVerdict.Valid;
            var changed = (byte[])body.Clone();
            changed[place.Get % changed.Length] ^= (byte)(1 << (place.Get % 8));
            return accepted && SlackSignature.Verify(changed, timestamp, signature, [Secret], Now) == SignatureVerdict.Forged;
        }));
}
