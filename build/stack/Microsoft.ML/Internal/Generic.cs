using System.Collections.Concurrent;
using System.Reflection;

namespace Microsoft.ML.Internal;

/// <summary>Calls a generic method with type arguments that are known only when it runs.</summary>
internal static class Generic
{
    private static readonly ConcurrentDictionary<(MethodInfo, Type, Type), MethodInfo> Closed = [];

    /// <summary>
    /// Calls the static or instance generic method that <paramref name="example"/> is closed over some type, closed over
    /// <paramref name="type"/> instead. Exceptions come out as they were thrown.
    /// </summary>
    public static TResult Invoke<TResult>(Delegate example, Type type, params object[] arguments) =>
        (TResult)Close(example, type, null).Invoke(example.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>The same for a method of two type parameters.</summary>
    public static TResult Invoke<TResult>(Delegate example, Type first, Type second, params object[] arguments) =>
        (TResult)Close(example, first, second).Invoke(example.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static MethodInfo Close(Delegate example, Type first, Type second) =>
        Closed.GetOrAdd((example.Method.GetGenericMethodDefinition(), first, second),
            static key => key.Item3 is null ? key.Item1.MakeGenericMethod(key.Item2) : key.Item1.MakeGenericMethod(key.Item2, key.Item3));
}
