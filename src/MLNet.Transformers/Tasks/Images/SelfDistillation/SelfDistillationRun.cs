using MLNet.Transformers.Models;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>Trains a student and its teacher from a backbone, and gives that the teacher's weights.</summary>
internal sealed class SelfDistillationRun(ImageTaskModel model, FineTuningExamples<UnlabeledImage> examples, SelfDistillationOptions options, int seed) : IFineTuningRun
{
    public TrainingResult Run(IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        using var networks = DinoModel.Create(model.Network.Config, options.Projection);
        var weights = model.Network.Backbone.state_dict();
        networks.Student.Backbone.load_state_dict(weights);
        networks.Teacher.Backbone.load_state_dict(weights);
        networks.to(model.Device);
        var run = new TrainingRun<UnlabeledImage>(options.Learn(networks, model), options.ToTraining(seed));
        var result = run.Run(examples.Training, examples.Validation.Count > 0 ? examples.Validation : null, progress, cancellation);
        model.Network.Backbone.load_state_dict(networks.Teacher.Backbone.state_dict());
        model.Network.eval();
        return result;
    }
}
