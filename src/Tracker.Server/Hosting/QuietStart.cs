namespace Tracker.Server.Hosting;

/// <summary>Whether the server is up, so that what the framework logs of it is no longer said twice.</summary>
internal sealed class QuietStart
{
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}
