using System.Net;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace AdvocacyBot.Tests.Host.InProcess;

public sealed class HealthTests
{
    [Fact]
    public async Task A_running_host_is_live_and_becomes_ready()
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();

        Assert.Equal("live", await http.GetStringAsync("/health/live"));
        Assert.Equal((HttpStatusCode.OK, "ready"), await UntilAsync(http, HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_scheduler_that_stands_still_makes_it_unready_but_not_dead()
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();
        await UntilAsync(http, HttpStatusCode.OK);

        await (await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).Standby();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "scheduler not running"), await ReadAsync(http));
        Assert.Equal("live", await http.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task A_database_of_another_version_makes_it_unready()
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();
        await UntilAsync(http, HttpStatusCode.OK);

        await using var db = await host.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"DELETE FROM __migrations");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "database not migrated"), await ReadAsync(http));
    }

    private static Task<(HttpStatusCode Status, string Text)> UntilAsync(HttpClient http, HttpStatusCode wanted) =>
        Eventually.SeeAsync(() => ReadAsync(http), answer => answer.Status == wanted, $"status {wanted}");

    private static async Task<(HttpStatusCode Status, string Text)> ReadAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/health/ready");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
