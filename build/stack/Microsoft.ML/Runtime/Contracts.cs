using System.Globalization;

namespace Microsoft.ML.Runtime;

/// <summary>The exceptions that ML.NET throws, with its types and words; a null context is allowed everywhere.</summary>
internal static class Contracts
{
    public const string IsMarkedKey = "ML_IsMarked";

    public static TException Mark<TException>(TException exception)
        where TException : Exception
    {
        exception.Data[IsMarkedKey] = 1;
        return exception;
    }

    public static Exception Except(string message) => Mark(new InvalidOperationException(message));

    public static Exception Except(this IExceptionContext context, string message, params object[] arguments) =>
        Process(context, new InvalidOperationException(Format(message, arguments)));

    public static Exception Except(this IExceptionContext context, Exception inner, string message, params object[] arguments) =>
        Process(context, new InvalidOperationException(Format(message, arguments), inner));

    public static Exception ExceptParam(string parameter, string message = null) => ExceptParam(null, parameter, message);

    public static Exception ExceptParam(this IExceptionContext context, string parameter, string message = null) =>
        Process(context, message is null ? new ArgumentOutOfRangeException(parameter) : new ArgumentOutOfRangeException(parameter, message));

    public static Exception ExceptUserArg(this IExceptionContext context, string name, string message) =>
        ExceptParam(context, name, message);

    public static Exception ExceptValue(this IExceptionContext context, string parameter, string message = null) =>
        Process(context, message is null ? new ArgumentNullException(parameter) : new ArgumentNullException(parameter, message));

    public static Exception ExceptEmpty(this IExceptionContext context, string parameter) =>
        ExceptParam(context, parameter, $"{parameter} cannot be null or empty");

    public static Exception ExceptDecode(this IExceptionContext context, string message = null, params object[] arguments) =>
        Process(context, message is null ? new FormatException() : new FormatException(Format(message, arguments)));

    public static Exception ExceptIO(this IExceptionContext context, string message, params object[] arguments) =>
        Process(context, new IOException(Format(message, arguments)));

    public static Exception ExceptNotSupp(this IExceptionContext context, string message = null) =>
        Process(context, message is null ? new NotSupportedException() : new NotSupportedException(message));

    public static Exception ExceptSchemaMismatch(this IExceptionContext context, string parameter, string role, string column) =>
        ExceptParam(context, parameter, $"Could not find {role} column '{column}'");

    public static Exception ExceptSchemaMismatch(
        this IExceptionContext context, string parameter, string role, string column, string expected, string actual) =>
        ExceptParam(context, parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    public static void Check(bool condition, string message = null) => Check(null, condition, message);

    public static void Check(this IExceptionContext context, bool condition, string message = null)
    {
        if (!condition)
            throw Process(context, message is null ? new InvalidOperationException() : new InvalidOperationException(message));
    }

    public static void CheckParam(bool condition, string parameter, string message = null) =>
        CheckParam(null, condition, parameter, message);

    public static void CheckParam(
        this IExceptionContext context, bool condition, string parameter, string message = null)
    {
        if (!condition)
            throw ExceptParam(context, parameter, message);
    }

    public static void CheckUserArg(
        this IExceptionContext context, bool condition, string name, string message = null) =>
        CheckParam(context, condition, name, message);

    public static void CheckDecode(bool condition, string message = null) => CheckDecode(null, condition, message);

    public static void CheckDecode(this IExceptionContext context, bool condition, string message = null)
    {
        if (!condition)
            throw ExceptDecode(context, message);
    }

    public static T CheckValue<T>(T value, string parameter, string message = null)
        where T : class => CheckValue(null, value, parameter, message);

    public static T CheckValue<T>(this IExceptionContext context, T value, string parameter, string message = null)
        where T : class => value ?? throw ExceptValue(context, parameter, message);

    public static string CheckNonEmpty(string value, string parameter) => CheckNonEmpty(null, value, parameter);

    public static string CheckNonEmpty(this IExceptionContext context, string value, string parameter) =>
        string.IsNullOrEmpty(value) ? throw ExceptEmpty(context, parameter) : value;

    public static TItem[] CheckNonEmpty<TItem>(this IExceptionContext context, TItem[] items, string parameter) =>
        items is { Length: > 0 } ? items : throw ExceptEmpty(context, parameter);

    public static string CheckNonWhiteSpace(this IExceptionContext context, string value, string parameter) =>
        string.IsNullOrWhiteSpace(value)
            ? throw ExceptParam(context, parameter, $"{parameter} cannot be null or white space")
            : value;

    private static TException Process<TException>(IExceptionContext context, TException exception)
        where TException : Exception => context is null ? Mark(exception) : context.Process(exception);

    private static string Format(string message, object[] arguments) =>
        arguments.Length == 0 ? message : string.Format(CultureInfo.InvariantCulture, message, arguments);
}
