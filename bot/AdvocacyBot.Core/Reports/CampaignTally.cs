using System.Runtime.InteropServices;

namespace AdvocacyBot.Core.Reports;

/// <summary>A campaign's sums, and where its entries stand.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CampaignTally
{
    public int From;
    public int To;
    public int Clicks;
    public int Fetched;
    public int Reactions;

    /// <summary>A preview was fetched, even if it was counted before: each link and network count once.</summary>
    public bool Previewed;

    /// <summary>Nothing is known of it, so that nothing of it could be worked out from what others are told.</summary>
    public readonly bool IsEmpty => From == To && Clicks == 0 && !Previewed;
}
