using AdvocacyBot.Host.Composition;

namespace AdvocacyBot.Host.CommandLine;

/// <summary>Runs the bot until it is stopped.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddAdvocacyBot();
        await using var app = builder.Build();
        try
        {
            await app.PrepareAsync(cancellationToken);
            app.UseAdvocacyBot();
            await app.RunAsync(cancellationToken);
            return 0;
        }
        catch (StartupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync("The settings are not right:");
            foreach (var failure in e.Failures)
            {
                await Console.Error.WriteLineAsync($"  {failure}");
            }

            return 2;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Another program listens there; stop it, or choose another address with --urls http://localhost:4000.");
            return 2;
        }
    }
}
