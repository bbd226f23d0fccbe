namespace Microsoft.ML.Runtime;

/// <summary>Messages of unknown sensitivity.</summary>
internal static class ChannelExtensions
{
    public static void Trace(this IChannel channel, string message, params object[] arguments) =>
        channel.Trace(MessageSensitivity.Unknown, message, arguments);

    public static void Info(this IChannel channel, string message, params object[] arguments) =>
        channel.Info(MessageSensitivity.Unknown, message, arguments);

    public static void Warning(this IChannel channel, string message, params object[] arguments) =>
        channel.Warning(MessageSensitivity.Unknown, message, arguments);

    public static void Error(this IChannel channel, string message, params object[] arguments) =>
        channel.Error(MessageSensitivity.Unknown, message, arguments);
}
