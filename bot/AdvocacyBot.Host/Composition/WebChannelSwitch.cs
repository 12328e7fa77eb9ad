namespace AdvocacyBot.Host.Composition;

/// <summary>The Web channel lets anyone be anybody: on in Development, elsewhere only where <c>Web:Enabled</c> says so.</summary>
internal static class WebChannelSwitch
{
    public static bool IsOn(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetValue<bool?>("Web:Enabled") ?? environment.IsDevelopment();
}
