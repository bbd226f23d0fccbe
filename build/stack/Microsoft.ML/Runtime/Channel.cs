using System.Diagnostics;

namespace Microsoft.ML.Runtime;

/// <summary>A channel of a host: tells when it starts and ends, and how long it was open.</summary>
internal sealed class Channel : IChannel
{
    private readonly LocalEnvironment _parent;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _name;
    private bool _disposed;

    public Channel(LocalEnvironment parent, string name)
    {
        _parent = parent;
        _name = name;
        FullName = LocalEnvironment.Join(parent.FullName, name);
        Trace(MessageSensitivity.None, "Channel started");
    }

    public string FullName { get; }

    public string ContextDescription => FullName;

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        if (ex is null)
            return null;
        _parent.MarkWithName(ex);
        ex.Data["Phase"] = _name;
        return ex;
    }

    public void Send(ChannelMessage msg) => _parent.Dispatch(FullName, msg);

    public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt));

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Trace, sensitivity, fmt, args));

    public void Error(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Error, sensitivity, fmt));

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Error, sensitivity, fmt, args));

    public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Warning, sensitivity, fmt, args));

    public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(new(ChannelMessageKind.Info, sensitivity, fmt, args));

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", _watch.Elapsed);
        Trace(MessageSensitivity.None, "Channel disposed");
    }
}
