using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stack.Tests.ML.Hosting;

/// <summary>Keeps what is logged, by category and event.</summary>
internal sealed class LogEntries : ILoggerProvider
{
    public ConcurrentQueue<(string Category, LogLevel Level, EventId Event, string Message)> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogEntries entries, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.All.Enqueue((category, logLevel, eventId, formatter(state, exception)));
    }
}
