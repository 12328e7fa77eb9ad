namespace AdvocacyBot.Tests.Host.Support;

/// <summary>Sends each request to the next host in turn, without memory, and to another where one is gone: what any load balancer does without sticky sessions.</summary>
internal sealed class LoadBalancer(IReadOnlyList<HostProcess> hosts) : DelegatingHandler(new SocketsHttpHandler())
{
    private int turn;

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://127.0.0.1/") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        for (var tries = 1; ; tries++)
        {
            var host = hosts[Interlocked.Increment(ref turn) % hosts.Count];
            if (host.Exited.IsCompleted)
            {
                continue;
            }

            request.RequestUri = new Uri(host.Address, path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException) when (tries < hosts.Count)
            {
                // On to the next; what the dead one may have done already is told apart by the request's key.
            }
        }
    }
}
