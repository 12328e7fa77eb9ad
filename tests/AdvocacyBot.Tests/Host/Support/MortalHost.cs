using System.Net.Sockets;

namespace AdvocacyBot.Tests.Host.Support;

/// <summary>
/// A host that is killed again and again under its clients' hands. A request that got no answer is sent again, unchanged, to the next one, as a browser or
/// a platform does.
/// </summary>
internal sealed class MortalHost(string folder) : DelegatingHandler(new SocketsHttpHandler()), IAsyncDisposable
{
    private readonly Lock gate = new();
    private TaskCompletionSource<HostProcess> current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? killed;
    private int answersUntilDeath;

    /// <summary>Answers that clients have received over all lives.</summary>
    public int Answers { get; private set; }

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://localhost/") };

    public async Task<HostProcess> StartAsync()
    {
        var host = await HostProcess.ServeAsync(folder);
        lock (gate)
        {
            current.SetResult(host);
        }

        return host;
    }

    /// <summary>Kills the host in the moment in which its clients have received so many more answers: the other requests are then anywhere on their way.</summary>
    public async Task DieAfterAsync(int answers)
    {
        Task dying;
        HostProcess host;
        lock (gate)
        {
            host = current.Task.Result;
            answersUntilDeath = answers;
            killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            dying = killed.Task;
        }

        await dying;
        await host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (current.Task is { IsCompletedSuccessfully: true, Result: var host })
        {
            await host.DisposeAsync();
        }

        Dispose();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<HostProcess> life;
            lock (gate)
            {
                life = current.Task;
            }

            var host = await life;
            request.RequestUri = new Uri(host.Address, request.RequestUri!.PathAndQuery);
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
                {
                    await response.Content.LoadIntoBufferAsync(cancellationToken);
                }

                Count();
                return response;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
            {
                // Once it is sure that this life is over, the next one is waited for.
                await host.Exited;
            }
        }
    }

    private void Count()
    {
        lock (gate)
        {
            Answers++;
            if (--answersUntilDeath == 0 && killed is not null)
            {
                var host = current.Task.Result;
                current = new(TaskCreationOptions.RunContinuationsAsynchronously);
                host.Kill();
                killed.SetResult();
            }
        }
    }
}
