using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tracker.TestServers.Tests;

public sealed class DockerEngineTests : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public DockerEngineTests() => _listener.Start();

    private Uri Endpoint => new($"tcp://{_listener.LocalEndpoint}");

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task What_answers_a_ping_is_an_engine()
    {
        var asked = DockerEngine.AnswersAsync(Endpoint, Within);
        using var engine = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await engine.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.0 200 OK\r\n\r\nOK"), TestContext.Current.CancellationToken);

        Assert.True(await asked);
    }

    [Fact]
    public async Task What_hangs_up_is_none()
    {
        var asked = DockerEngine.AnswersAsync(Endpoint, Within);
        using (await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken))
        {
        }

        Assert.False(await asked);
    }

    [Fact]
    public async Task What_accepts_and_says_nothing_is_none() => Assert.False(await DockerEngine.AnswersAsync(Endpoint, TimeSpan.FromMilliseconds(100)));

    [Fact]
    public async Task Where_nothing_listens_is_none()
    {
        _listener.Stop();

        Assert.False(await DockerEngine.AnswersAsync(new("unix:///nowhere/docker.sock"), Within));
    }
}
