using System.Runtime.InteropServices;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Commands;

using var stop = new CancellationTokenSource();

// The first signal asks the search to keep what it has and end; a second one ends the process at once.
void Stop(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return new CommandLine(TrainingJob.Run, Console.Out, Console.Error).Run(args, stop.Token);
