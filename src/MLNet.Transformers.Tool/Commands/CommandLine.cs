using System.CommandLine;
using System.CommandLine.Help;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>Reads a command line, does what it asks for, and turns all that can go wrong into a sentence and an exit code.</summary>
/// <param name="train">Does a job; the exit code. Where the job has a log, exceptions are in it already.</param>
/// <param name="output">Where help is written to.</param>
/// <param name="error">Where errors are written to.</param>
internal sealed class CommandLine(Func<Job, CancellationToken, int> train, TextWriter output, TextWriter error)
{
    private const string Command = "mlnet-transformers";

    /// <summary>The job, if any, did not do what was asked for.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Misused = 2;

    /// <summary>The user stopped it.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs a command line; the exit code.</summary>
    /// <param name="arguments">The words after the command's name.</param>
    /// <param name="token">Stops the job.</param>
    public int Run(IReadOnlyList<string> arguments, CancellationToken token)
    {
        var root = Root(token);
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not ExampleHelp)
        {
            foreach (var message in parsed.Errors.Select(problem => problem.Message).Distinct())
                error.WriteLine(message);
            error.WriteLine($"See {Spoken(parsed.CommandResult.Command)} --help");
            return Misused;
        }
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private RootCommand Root(CancellationToken token)
    {
        var root = new RootCommand(
            "Trains a transformer on your data, picks the best of several within the time you give, and writes it out as a C# project "
            + "that predicts, measures and retrains. A command for each thing that can be learnt:");
        foreach (var scenario in Scenario.All)
        {
            var command = new ScenarioCommand(scenario);
            command.SetAction(parsed => Train(() => command.Job(parsed), token));
            root.Subcommands.Add(command);
        }
        root.SetAction(parsed => ShowHelp(root));
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }

    private int ShowHelp(RootCommand root)
    {
        root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return Misused;
    }

    private int Train(Func<Job> read, CancellationToken token)
    {
        Job? job = null;
        try
        {
            job = read();
            return train(job, token);
        }
        catch (InputException exception)
        {
            error.WriteLine(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            error.WriteLine("Stopped. The same command goes on from here.");
            return Interrupted;
        }
#pragma warning disable CA1031 // Whatever it is, the user reads a sentence and the log has the rest.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var sentence = exception.Message.ReplaceLineEndings(" ").TrimEnd();
            error.WriteLine($"{sentence} ({(job?.LogFilePath is { } log ? $"details are in {log}" : FailureLog.Write(exception))})");
            return Failed;
        }
    }

    private static string Spoken(Command command) => command is RootCommand ? Command : $"{Command} {command.Name}";
}
