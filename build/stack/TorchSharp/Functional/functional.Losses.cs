using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Losses.
        public static partial class functional
        {
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Call("aten::cross_entropy_loss", input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Call("aten::nll_loss_nd", input, target, weight, (long)reduction);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Call("aten::binary_cross_entropy", input, target, weight, (long)reduction);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Call("aten::binary_cross_entropy_with_logits", input, target, weight, pos_weights, (long)reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Call("aten::mse_loss", input, target, (long)reduction);
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Call("aten::l1_loss", input, target, (long)reduction);
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) => Call("aten::smooth_l1_loss", input, target, (long)reduction, beta);
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) => Call("aten::huber_loss", input, target, (long)reduction, delta);

            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Call("aten::kl_div", input, target, (long)reduction, log_target);

            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0, Reduction reduction = Reduction.Mean) =>
                Call("aten::cosine_embedding_loss", input1, input2, target, margin, (long)reduction);

            public static Tensor margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                Call("aten::margin_ranking_loss", input1, input2, target, margin, (long)reduction);

            public static Tensor triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, long p = 2, double eps = 1E-06, bool swap = false, Reduction reduction = Reduction.Mean) =>
                Call("aten::triplet_margin_loss", anchor, positive, negative, margin, (double)p, eps, swap, (long)reduction);

            public static Tensor ctc_loss(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, long blank = 0, bool zero_infinity = false, Reduction reduction = Reduction.Mean) =>
                Call("aten::ctc_loss.Tensor", log_probs, targets, input_lengths, target_lengths, blank, (long)reduction, zero_infinity);
        }
    }
}
